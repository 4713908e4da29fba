import { enumerateCandidates, parseRequest, planRequest, readCatalog } from "@headroom/core";
import fc from "fast-check";
import { expect, it } from "vitest";
import { allUnits, buyableUnits } from "../formulate/buyable-units.ts";
import { fleetQuestion } from "../formulate/fleet-question.ts";
import { formulateFleet } from "../formulate/formulate-fleet.ts";
import { hourGroups } from "../formulate/hour-groups.ts";
import { defaultBackends } from "./backends.ts";
import { exactWeek, isCovering } from "./exact-week.ts";
import { meanCost } from "./fleet.ts";
import { hourlyBound } from "./hourly-bound.ts";
import { roundedFleet } from "./rounded-fleet.ts";
import { solveFleet } from "./solve-fleet.ts";

const tools = { backends: defaultBackends, nowMs: () => 0 };

const limits = { timeLimitSeconds: 20, relativeGap: 0 };

interface Market {
  readonly prices: readonly number[];
  readonly quota: number | undefined;
  readonly rates: readonly [number, number, number];
  readonly spotMaxShare: number;
}

const offers = [
  { type: "l4x1", capacityType: "on-demand", region: "here" },
  { type: "l4x1", capacityType: "on-demand", region: "there" },
  { type: "l4x1", capacityType: "spot", region: "here" },
  { type: "l4x1", capacityType: "reserved", region: "here" },
  { type: "h100x1", capacityType: "on-demand", region: "here" },
  { type: "h100x1", capacityType: "spot", region: "there" },
  { type: "h100x1", capacityType: "reserved", region: "there" },
  { type: "l4x4", capacityType: "on-demand", region: "here" },
  { type: "l4x4", capacityType: "spot", region: "here" },
  { type: "l4x4", capacityType: "reserved", region: "here" },
] as const;

const questionOf = ({ prices, quota, rates, spotMaxShare }: Market, hours: "constant" | "week") => {
  const catalog = readCatalog({
    id: "test",
    asOf: "2026-07-30",
    description: "for tests",
    instanceTypes: [
      { provider: "cloud", source: "made up", name: "l4x1", accelerator: "l4", accelerators: 1, network: "ethernet" },
      { provider: "cloud", source: "made up", name: "l4x4", accelerator: "l4", accelerators: 4, network: "ethernet" },
      { provider: "cloud", source: "made up", name: "h100x1", accelerator: "h100", accelerators: 1, network: "ethernet" },
    ],
    offers: offers.map(({ type, capacityType, region }, index) => ({
      id: `${index}`,
      provider: "cloud",
      instanceType: type,
      region,
      capacityType,
      ...(capacityType === "reserved" ? { term: "1y" } : {}),
      usdPerInstanceHour: (prices[index] ?? 1) / 10,
      trust: "list",
      source: "made up",
      date: "2026-07-01",
    })),
    notForSale: [],
  });
  const [low, middle, high] = rates;
  const rateOf = (hour: number) => (hour % 24 < 8 ? low : hour % 24 < 16 ? middle : high);
  const request = parseRequest(planRequest, {
    services: [
      {
        name: "chat",
        model: { id: "meta-llama/Llama-3.1-8B" },
        demand: {
          classes: [{ name: "question", islTokens: 1000, oslTokens: 200, share: 1 }],
          requestRatePerSecond: hours === "constant" ? high : { hourOfWeek: Array.from({ length: 168 }, (_, hour) => rateOf(hour)) },
        },
        slo: { ttftMs: 4000, tpotMs: 100 },
      },
    ],
    purchase: { spotMaxShare },
    market: quota === undefined ? {} : { quotas: [{ instanceType: "l4x1", region: "here", max: quota }] },
  });
  if (!catalog.ok || !request.ok) throw new Error("the catalog and the request read");
  const question = fleetQuestion(request.value, catalog.value);
  if (!question.ok) throw new Error(JSON.stringify(question.errors));
  const { candidates } = enumerateCandidates(question.value.needs, question.value.offers);
  return { ...question.value, candidates, limits, effort: "whole" as const, deadlineMs: Number.POSITIVE_INFINITY };
};

const market: fc.Arbitrary<Market> = fc.record({
  prices: fc.array(fc.integer({ min: 2, max: 60 }), { minLength: offers.length, maxLength: offers.length }),
  quota: fc.integer({ min: 0, max: 12 }),
  rates: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 3, max: 8 }), fc.integer({ min: 6, max: 20 })),
  spotMaxShare: fc.constantFrom(0, 0.5, 1),
});

/** Every unit, none dropped, as one program. */
const unprunedCost = async (problem: ReturnType<typeof questionOf>): Promise<number | undefined> => {
  const units = allUnits(problem.candidates, problem.offers, problem.rules);
  const { program } = formulateFleet({ ...problem, units, groups: hourGroups(problem.needs), kind: "integer" });
  const outcome = (await defaultBackends.large()).solve(program, limits);
  return outcome.status === "optimal"
    ? program.variables.reduce((sum, { cost }, index) => sum + cost * (outcome.values[index] ?? 0), 0)
    : undefined;
};

it.each(["constant", "week"] as const)(
  "dropping dominated units never moves the optimum of a %s",
  async (hours) => {
    await fc.assert(
      fc.asyncProperty(market, async (drawn) => {
        const problem = questionOf(drawn, hours);
        const [expected, outcome] = [await unprunedCost(problem), await solveFleet(problem, tools)];
        expect(outcome.kind).toBe(expected === undefined ? "infeasible" : "fleet");
        if (outcome.kind === "fleet") expect(Number(outcome.fleet.costPerHour) / 1e6).toBeCloseTo(expected ?? Number.NaN, 4);
      }),
      { numRuns: 15 },
    );
  },
  120_000,
);

it("one hour that is begun by hours ends as near to the optimum as was asked", async () => {
  const relativeGap = 0.005;
  await fc.assert(
    fc.asyncProperty(market, async (drawn) => {
      const problem = questionOf(drawn, "constant");
      const near = { ...problem, begins: "by hours" as const, limits: { ...limits, relativeGap } };
      const [expected, outcome] = [await unprunedCost(problem), await solveFleet(near, tools)];
      expect(outcome.kind).toBe(expected === undefined ? "infeasible" : "fleet");
      if (outcome.kind !== "fleet" || expected === undefined) return;
      const { costPerHour, boundPerHour = 0n } = outcome.fleet;
      expect(Number(boundPerHour) / 1e6).toBeLessThanOrEqual(expected + 1e-4);
      expect(Number(costPerHour) / 1e6).toBeLessThanOrEqual(expected * (1 + relativeGap) + 1e-4);
    }),
    { numRuns: 15, seed: 8 },
  );
}, 120_000);

it("a week of one class costs no less than is proved, and no more than the relaxation made whole", async () => {
  await fc.assert(
    fc.asyncProperty(market, async (drawn) => {
      const problem = questionOf({ ...drawn, quota: undefined }, "week");
      const { needs, rules } = problem;
      const groups = hourGroups(needs);
      const units = buyableUnits(problem.candidates, problem.offers, rules, problem.switching);
      expect(isCovering({ needs, units, rules })).toBe(true);
      const bound = await hourlyBound({ needs, units, rules, groups }, limits, defaultBackends);
      if (bound.kind !== "bound") throw new Error(bound.kind);
      const rounded = await roundedFleet(
        { needs, all: units, units: bound.used, coarse: bound, isLate: () => false, rules, groups },
        limits,
        defaultBackends,
      );
      const exact = exactWeek({ needs, units, rules, groups, counts: rounded.counts, bins: bound.bins, share: 1, isLate: () => false });
      if (!exact) throw new Error("a week with something by the hour has a fleet");
      const expected = (await unprunedCost(problem)) ?? Number.NaN;
      expect(exact.lower).toBeLessThanOrEqual(expected + 1e-6);
      expect(exact.lower).toBeGreaterThanOrEqual(bound.usdPerHour - 1e-6);
      expect(Number(meanCost(exact.counts, groups)) / 1e6).toBeGreaterThanOrEqual(expected - 1e-6);
      expect(meanCost(exact.counts, groups)).toBeLessThanOrEqual(meanCost(rounded.counts, groups));
    }),
    { numRuns: 60, seed: 7 },
  );
}, 120_000);
