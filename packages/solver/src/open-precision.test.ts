import { checkPlan, type Plan, type PrecisionChoice, parseRequest, planRequest, readCatalog, verificationOf } from "@headroom/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { strictTools } from "./fakes/strict-tools.ts";
import { planFleet } from "./plan-fleet.ts";

/** One kind of machine, and so much to serve that the narrower format needs fewer of them. */
const machines = { "h100-sxm": 3.5 };

interface Asked {
  readonly rate?: number;
  readonly tpotMs?: number;
  readonly prices?: Readonly<Record<string, number>>;
  readonly quotas?: readonly { readonly accelerator: string; readonly max: number }[];
}

const planned = async (
  precision: PrecisionChoice | undefined,
  { rate = 200, tpotMs = 80, prices = machines, quotas = [] }: Asked = {},
): Promise<Plan> => {
  const names = Object.keys(prices);
  const catalog = readCatalog({
    id: "test",
    asOf: "2026-07-30",
    description: "for tests",
    instanceTypes: names.map((name) => ({
      provider: "cloud",
      source: "made up",
      name,
      accelerator: name,
      accelerators: 1,
      network: "ethernet",
    })),
    offers: names.map((name) => ({
      id: name,
      provider: "cloud",
      instanceType: name,
      region: "here",
      capacityType: "on-demand",
      usdPerInstanceHour: prices[name],
      trust: "list",
      source: "made up",
      date: "2026-07-01",
    })),
    notForSale: [],
  });
  const service = {
    name: "chat",
    model: { id: "Qwen/Qwen3-8B" },
    ...(precision === undefined ? {} : { precision }),
    demand: { classes: [{ name: "question", islTokens: 1000, oslTokens: 200, share: 1 }], requestRatePerSecond: rate },
    slo: { ttftMs: 4000, tpotMs },
  };
  const request = parseRequest(planRequest, { services: [service], limits: { gap: 0 }, market: { quotas } });
  if (!catalog.ok || !request.ok) throw new Error("the catalog and the request read");
  const outcome = await planFleet(
    { request: request.value, catalog: catalog.value, version: "test", newId: () => "plan_test" },
    strictTools,
  );
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
  return outcome.value;
};

const costOf = ({ cost }: Plan): number => (cost === null ? Number.POSITIVE_INFINITY : Number(cost.usdPerHour));

describe("a precision that is left open", () => {
  it("never costs more than any of its formats alone", async () => {
    const amount = fc.integer({ min: 30, max: 500 }).map((cents) => cents / 100);
    const prices = fc.record({ l4: amount, "a100-sxm-80gb": amount, "h100-sxm": amount });
    const quota = fc.integer({ min: 0, max: 6 }).map((max) => [{ accelerator: "h100-sxm", max }]);
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          rate: fc.integer({ min: 1, max: 60 }),
          tpotMs: fc.integer({ min: 8, max: 90 }),
          prices,
          quotas: fc.oneof(fc.constant([]), quota),
        }),
        async (asked) => {
          const open = costOf(await planned("any", asked));
          const alone = await Promise.all([undefined, { weights: "fp8" } as const].map(async (one) => costOf(await planned(one, asked))));
          expect(open).toBeLessThanOrEqual(Math.min(...alone) + 2e-6);
          expect(costOf(await planned({ anyOf: ["bf16", "fp8", "int4"] }, asked))).toBeLessThanOrEqual(open + 2e-6);
        },
      ),
      { seed: 28, numRuns: 25 },
    );
  }, 60_000);

  it("says which format was chosen, and what each alone would cost", async () => {
    const plan = await planned("any");
    expect(plan.lines.every((line) => line.precision.weights === "fp8")).toBe(true);
    const alone = plan.explanation.runnersUp.find(({ change }) => change === "chat in bf16 only");
    expect(Number(alone?.usdPerHour)).toBeCloseTo(costOf(await planned(undefined)), 6);
    expect(plan.explanation.text.join(" ")).toContain("is in fp8; chat in bf16 only costs");
    expect(plan.assumptions["precision.chat"]).toBe("bf16, the model's own, or fp8 (Qwen/Qwen3-8B-FP8); each line says which");
  });

  it("is checked: another format than was bought, or one that is not allowed, is refused", async () => {
    const plan = await planned("any");
    expect(verificationOf(checkPlan(plan))).toEqual({ holds: true, violations: [] });
    for (const weights of ["bf16", "int8"] as const) {
      const wrong = { ...plan, lines: plan.lines.map((line) => ({ ...line, precision: { ...line.precision, weights } })) };
      expect(verificationOf(checkPlan(wrong)).holds, weights).toBe(false);
    }
  });

  it("changes nothing where one format is given", async () => {
    const given = await planned({ weights: "fp8" });
    const listed = await planned({ anyOf: ["fp8"] });
    expect(listed.lines).toEqual(given.lines);
    expect(listed.cost).toEqual(given.cost);
  });
});
