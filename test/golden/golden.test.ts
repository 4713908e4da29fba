import { readdirSync, readFileSync } from "node:fs";
import { bundledCatalog } from "@headroom/catalog";
import { checkPlan, type Plan, parseRequest, planAsText, planRequest, verificationOf } from "@headroom/core";
import { defaultBackends, planFleet } from "@headroom/solver";
import { describe, expect, it } from "vitest";

const cases = readdirSync(new URL(".", import.meta.url), { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);

const planOf = async (name: string): Promise<Plan> => {
  const request: unknown = JSON.parse(readFileSync(new URL(`${name}/request.json`, import.meta.url), "utf8"));
  const parsed = parseRequest(planRequest, request);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  const tools = { backends: defaultBackends, nowMs: () => 0 };
  const outcome = await planFleet(
    { request: parsed.value, catalog: bundledCatalog(), version: "golden", newId: () => "plan_golden" },
    tools,
  );
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
  return outcome.value;
};

/** Each folder holds a request and the plan that a person sees. `npm run golden:update` rewrites them; the commit says why. */
describe.each(cases)("%s", (name) => {
  it("is planned as written down", async () => {
    await expect(`${planAsText(await planOf(name))}\n`).toMatchFileSnapshot(`${name}/plan.golden.txt`);
  });

  it("passes the check", async () => {
    expect(verificationOf(checkPlan(await planOf(name))).violations).toEqual([]);
  });
});

describe("the knowledge base", () => {
  it("names machines, purchase, cost, memory in parts, latency against the targets, and at least five refused alternatives", async () => {
    const { lines, cost, explanation, proof } = await planOf("knowledge-base");
    const [line] = lines;
    expect(lines).toHaveLength(1);
    expect(line).toMatchObject({ capacityType: expect.any(String), instances: expect.any(Number), layout: expect.any(Object) });
    expect(Number(cost?.usdPerMonth)).toBeCloseTo(Number(cost?.usdPerHour) * 730, 2);
    const { weightsGib = 0, activationGib = 0, runtimeGib = 0, kvCacheGib = 0, freeGib = 0, budgetGib = 0 } = line?.memory ?? {};
    expect(weightsGib + activationGib + runtimeGib + kvCacheGib + freeGib).toBeCloseTo(budgetGib, 3);
    expect(line?.predicted?.ttftMs).toBeLessThan(2000);
    expect(line?.predicted?.tpotMs).toBeLessThan(50);
    expect(proof).toMatchObject({ verified: true, gap: 0 });
    expect(
      explanation.rejections.filter(({ required, available }) => required !== null && available !== null).length,
    ).toBeGreaterThanOrEqual(5);
  });

  it("says that 8 × H100 80GB does not fit, and how many GiB are missing", async () => {
    const { explanation } = await planOf("knowledge-base");
    const refused = explanation.rejections.find(({ what }) => what.startsWith("8 × H100 80GB SXM"));
    expect(refused).toMatchObject({ code: "memory", unit: "GiB per accelerator" });
    expect((refused?.required ?? 0) - (refused?.available ?? 0)).toBeCloseTo(10.82, 1);
    expect(refused?.detail).toContain("10.8 GiB are missing on each accelerator, 86.5 GiB in all");
  });

  it("costs no less for longer answers and no more for fewer people", async () => {
    const costOf = async (name: string) => Number((await planOf(name)).cost?.usdPerHour);
    const usual = await costOf("knowledge-base");
    expect(await costOf("knowledge-base-2000-token-answers")).toBeGreaterThanOrEqual(usual);
    expect(await costOf("knowledge-base-10-users")).toBeLessThanOrEqual(usual);
  });
});
