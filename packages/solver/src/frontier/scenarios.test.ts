import { checkPlan, parseRequest, readCatalog, type Scenarios, scenariosDocument, scenariosRequest, verificationOf } from "@headroom/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultBackends } from "../solve/backends.ts";
import { compareScenarios } from "./compare-scenarios.ts";

const tools = { backends: defaultBackends, nowMs: () => 0 };

const catalog = () => {
  const machines = { l4x1: "l4", h100x1: "h100-sxm" };
  const read = readCatalog({
    id: "test",
    asOf: "2026-07-30",
    description: "for tests",
    instanceTypes: Object.entries(machines).map(([name, accelerator]) => ({
      provider: "cloud",
      source: "made up",
      name,
      accelerator,
      accelerators: 1,
      network: "ethernet",
    })),
    offers: [
      { instanceType: "l4x1", capacityType: "on-demand", usdPerInstanceHour: 0.8 },
      { instanceType: "l4x1", capacityType: "spot", usdPerInstanceHour: 0.3 },
      { instanceType: "h100x1", capacityType: "reserved", term: "1y", usdPerInstanceHour: 2.9 },
      { instanceType: "h100x1", capacityType: "on-demand", usdPerInstanceHour: 3.9 },
    ].map((offer) => ({
      id: `${offer.instanceType}-${offer.capacityType}`,
      provider: "cloud",
      region: "here",
      trust: "list",
      source: "made up",
      date: "2026-07-01",
      ...offer,
    })),
    notForSale: [],
  });
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  return read.value;
};

const plan = {
  services: [
    {
      name: "chat",
      model: { id: "meta-llama/Llama-3.1-8B" },
      demand: { classes: [{ name: "question", islTokens: 1000, oslTokens: 200, share: 1 }], requestRatePerSecond: 40 },
      slo: { ttftMs: 4000, tpotMs: 80 },
    },
  ],
  limits: { gap: 0 },
};

const compared = async (asked: object): Promise<Scenarios> => {
  const request = parseRequest(scenariosRequest, { plan, ...asked });
  if (!request.ok) throw new Error(JSON.stringify(request.errors));
  const outcome = await compareScenarios({ request: request.value, catalog: catalog(), version: "test", newId: () => "plan_test" }, tools);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
  return outcome.value;
};

const regretOf = ({ regrets }: Scenarios, named: string, scenario: string): string | null | undefined =>
  regrets.find((row) => row.plan === named && row.scenario === scenario)?.regretUsdPerHour;

/** The worst regret that the answer's own table shows for a plan. */
const worstRegret = ({ regrets }: Scenarios, named: string): number =>
  Math.max(
    ...regrets
      .filter((row) => row.plan === named)
      .map((row) => (row.regretUsdPerHour === null ? Number.POSITIVE_INFINITY : Number(row.regretUsdPerHour))),
  );

const refusals = (asked: object): readonly string[] => {
  const request = parseRequest(scenariosRequest, { plan, ...asked });
  return request.ok ? [] : request.errors.map(({ pointer }) => pointer);
};

describe("scenarios", () => {
  it("are P50 and P90 where none are given, and the answer says what P90 means", async () => {
    const answer = await compared({});
    expect(scenariosDocument.parse(answer)).toEqual(answer);
    expect(answer.scenarios).toMatchObject([
      { name: "P50", demandFactor: 1, status: "optimal" },
      { name: "P90", demandFactor: 1.3, status: "optimal" },
    ]);
    expect(answer.assumptions.P90).toContain("an assumption");
    expect(regretOf(answer, "P50", "P90")).toBeNull();
    expect(answer.bestAgainstWorst).toMatchObject({ plan: "P90", worstRegretIn: "P50", over: ["P50", "P90"] });
    expect(answer.bestAgainstWorst?.lowerBoundRegretUsdPerHour).toBe(answer.bestAgainstWorst?.worstRegretUsdPerHour);
    expect((await compared({ demandP90Factor: 2 })).scenarios[1]?.demandFactor).toBe(2);
  });

  it("leave no regret in a plan's own scenario, and no plan of the table beats the one that is named", async () => {
    const factor = fc.integer({ min: 40, max: 300 }).map((percent) => percent / 100);
    const scenario = fc.record({ demandFactor: factor, priceFactors: fc.record({ spot: factor, reserved: factor, "on-demand": factor }) });
    await fc.assert(
      fc.asyncProperty(fc.array(scenario, { minLength: 1, maxLength: 3 }), async (drawn) => {
        const scenarios = drawn.map((one, index) => ({ ...one, name: `s${index}` }));
        const answer = await compared({ scenarios });
        const { bestAgainstWorst: best } = answer;
        for (const { name } of scenarios) expect(regretOf(answer, name, name)).toBe("0.00");
        if (!best) throw new Error("the largest demand can be carried");
        expect(worstRegret(answer, best.plan)).toBeCloseTo(Number(best.worstRegretUsdPerHour), 6);
        expect(Number(best.lowerBoundRegretUsdPerHour)).toBeLessThanOrEqual(Number(best.worstRegretUsdPerHour));
        expect(Number(best.lowerBoundWorstUsdPerHour)).toBeLessThanOrEqual(Number(best.worstUsdPerHour));
        for (const { name, plan: bought } of answer.plans) {
          expect(worstRegret(answer, name)).toBeGreaterThanOrEqual(Number(best.worstRegretUsdPerHour) - 1e-6);
          expect(verificationOf(checkPlan(bought))).toEqual({ holds: true, violations: [] });
        }
      }),
      { seed: 29, numRuns: 12 },
    );
  }, 120_000);

  it("find a plan that hedges, where each scenario's own is all in on one way of buying", async () => {
    const scenarios = [{ name: "spot is dear", priceFactors: { spot: 5 } }, { name: "spot is as it is" }];
    const rate = { ...plan.services[0]?.demand, requestRatePerSecond: 60 };
    const freely = {
      ...plan,
      services: [{ ...plan.services[0], demand: rate }],
      purchase: { spotMaxShare: 1 },
      market: { instanceTypes: ["l4x1"] },
    };
    const answer = await compared({ plan: freely, scenarios });
    const { bestAgainstWorst: best } = answer;
    const own = Math.min(...scenarios.map(({ name }) => worstRegret(answer, name)));
    expect(Number(best?.worstRegretUsdPerHour)).toBeLessThan(own);
    const hedge = answer.plans.find(({ name }) => name === best?.plan)?.plan;
    expect(hedge && verificationOf(checkPlan(hedge))).toEqual({ holds: true, violations: [] });
    expect(hedge?.assumptions.spotMaxShare).toBe(1);
  });

  it("say of a scenario that nobody can carry that it has no plan, and compare the others", async () => {
    const answer = await compared({
      plan: {
        ...plan,
        market: {
          quotas: [
            { accelerator: "l4", max: 20 },
            { accelerator: "h100-sxm", max: 2 },
          ],
        },
      },
      scenarios: [{ name: "usual" }, { name: "flood", demandFactor: 100 }],
    });
    expect(answer.scenarios[1]).toMatchObject({ name: "flood", status: "infeasible", usdPerHour: null });
    expect(answer.scenarios[1]?.detail).toContain("No plan meets the request");
    expect(regretOf(answer, "usual", "flood")).toBeNull();
    expect(answer.bestAgainstWorst).toMatchObject({ plan: "usual", over: ["usual"], worstRegretUsdPerHour: "0.00" });
  });

  it.each([
    { name: "a scenario twice", asked: { scenarios: [{ name: "a" }, { name: "a" }] }, pointers: ["/scenarios/1/name"] },
    { name: "no scenario", asked: { scenarios: [] }, pointers: ["/scenarios"] },
    { name: "a factor of 0", asked: { scenarios: [{ name: "a", demandFactor: 0 }] }, pointers: ["/scenarios/0/demandFactor"] },
    {
      name: "prices of what the catalog does not sell",
      asked: { scenarios: [{ name: "a", priceFactors: { owned: 2 } }] },
      pointers: ["/scenarios/0/priceFactors/owned"],
    },
    { name: "P90 beside scenarios", asked: { scenarios: [{ name: "a" }], demandP90Factor: 2 }, pointers: ["/demandP90Factor"] },
    { name: "P90 below P50", asked: { demandP90Factor: 0.5 }, pointers: ["/demandP90Factor"] },
    {
      name: "hours of solving",
      asked: { plan: { ...plan, limits: { timeLimitSeconds: 300 } } },
      pointers: ["/plan/limits/timeLimitSeconds"],
    },
  ])("refuse $name and name the field", ({ asked, pointers }) => {
    expect(refusals(asked)).toEqual(pointers);
  });

  it("refuse a demand beyond what can be asked, at the factor that makes it so", async () => {
    const rate = { ...plan.services[0]?.demand, requestRatePerSecond: 9e6 };
    const request = parseRequest(scenariosRequest, { plan: { services: [{ ...plan.services[0], demand: rate }] } });
    if (!request.ok) throw new Error("it is within what can be asked");
    const outcome = await compareScenarios({ request: request.value, catalog: catalog(), version: "test", newId: () => "x" }, tools);
    expect(outcome).toMatchObject({ ok: false, errors: [{ pointer: "/demandP90Factor" }] });
  });
});
