import { checkPlan, type Plan, type PlanRequest, parseRequest, planRequest, readCatalog, verificationOf } from "@headroom/core";
import { describe, expect, it } from "vitest";
import { planFleet } from "./plan-fleet.ts";
import { defaultBackends } from "./solve/backends.ts";

const instanceTypes = [
  { name: "h100x8", accelerator: "h100", accelerators: 8 },
  { name: "l4x4", accelerator: "l4", accelerators: 4 },
  { name: "l4x1", accelerator: "l4", accelerators: 1 },
].map((type) => ({ provider: "cloud", source: "made up", network: "ethernet", ...type }));

const offerOf = (instanceType: string, capacityType: string, usdPerInstanceHour: number) => ({
  id: `${instanceType} ${capacityType}`,
  provider: "cloud",
  instanceType,
  region: "here",
  trust: "list",
  source: "made up",
  date: "2026-07-01",
  capacityType,
  ...(capacityType === "reserved" ? { term: "1y" } : {}),
  usdPerInstanceHour,
});

const catalogOf = (offers: readonly ReturnType<typeof offerOf>[]) => {
  const catalog = readCatalog({ id: "test", asOf: "2026-07-30", description: "for tests", instanceTypes, offers, notForSale: [] });
  if (!catalog.ok) throw new Error(JSON.stringify(catalog.errors));
  return catalog.value;
};

const byDay = (low: number, high: number) => ({
  hourOfWeek: Array.from({ length: 168 }, (_, hour) => (hour % 24 < 12 ? low : high)),
});

const small = (name: string, rate: unknown, id = "meta-llama/Llama-3.1-8B") => ({
  name,
  model: { id },
  demand: { classes: [{ name: "question", islTokens: 1000, oslTokens: 200, share: 1 }], requestRatePerSecond: rate },
  slo: { ttftMs: 4000, tpotMs: 100 },
});

const requestOf = (services: readonly unknown[], rest: Record<string, unknown> = {}): PlanRequest => {
  const request = parseRequest(planRequest, { services, ...rest });
  if (!request.ok) throw new Error(JSON.stringify(request.errors));
  return request.value;
};

const planOf = async (request: PlanRequest, offers: readonly ReturnType<typeof offerOf>[]): Promise<Plan> => {
  const outcome = await planFleet(
    { request, catalog: catalogOf(offers), version: "test", newId: () => "plan_test" },
    { backends: defaultBackends, nowMs: () => 0 },
  );
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
  return outcome.value;
};

const costOf = ({ cost }: Plan): number => Number(cost?.usdPerHour);

const apart = { purchase: { shareInstances: false } };

describe("services that share instances", () => {
  it("fit one box where each alone would rent its own", async () => {
    const services = [small("a", 1), small("b", 1), small("c", 1, "meta-llama/Llama-3.1-70B")];
    const [plan, without] = [
      await planOf(requestOf(services), [offerOf("h100x8", "on-demand", 20)]),
      await planOf(requestOf(services, apart), [offerOf("h100x8", "on-demand", 20)]),
    ];
    expect(costOf(without)).toBe(60);
    expect(costOf(plan)).toBe(20);
    expect(plan.status).toBe("optimal");
    console.log(
      JSON.stringify(
        plan.lines.map((l) => [
          l.for,
          l.instances,
          l.replicas,
          l.sharesInstancesOf,
          l.usdPerHour,
          l.usdPerHourShare,
          l.layout.tensorParallelSize,
        ]),
      ),
    );
    console.log(plan.cost, plan.proof, plan.explanation.text);
  });

  it("take turns in the hours of a week, but not on a commitment", async () => {
    const services = ["a", "b", "c", "d", "e"].map((name, index) => small(name, byDay(index % 2 ? 1 : 9, index % 2 ? 9 : 1)));
    const offers = [offerOf("l4x4", "on-demand", 3.2), offerOf("l4x4", "reserved", 2), offerOf("l4x1", "on-demand", 0.9)];
    const [plan, without] = [await planOf(requestOf(services), offers), await planOf(requestOf(services, apart), offers)];
    console.log(
      costOf(plan),
      costOf(without),
      plan.proof.gap,
      without.proof.gap,
      plan.proof.lowerBoundUsdPerHour,
      without.proof.lowerBoundUsdPerHour,
    );
    console.log(
      JSON.stringify(
        plan.lines.map((l) => [
          l.for,
          l.offerId,
          JSON.stringify(l.instances).slice(0, 90),
          JSON.stringify(l.replicas).slice(0, 90),
          l.sharesInstancesOf,
          l.usdPerHour,
          l.usdPerHourShare,
        ]),
      ),
    );
    expect(verificationOf(checkPlan(plan))).toEqual({ holds: true, violations: [] });
  });
});
