import { enumerateCandidates, type PlanRequest, parseRequest, planRequest, readCatalog, toUsd } from "@headroom/core";
import fc from "fast-check";
import { expect, it } from "vitest";
import { allUnits, buyableUnits } from "../formulate/buyable-units.ts";
import { fleetQuestion } from "../formulate/fleet-question.ts";
import { formulateFleet } from "../formulate/formulate-fleet.ts";
import { hourGroups } from "../formulate/hour-groups.ts";
import { type Backends, defaultBackends } from "./backends.ts";
import { meanCost, purchasesOf } from "./fleet.ts";
import { alone } from "./fleet-outcome.ts";
import { hourlyBound } from "./hourly-bound.ts";
import { keepsSpotShare } from "./keeps-spot-share.ts";
import { roundedFleet } from "./rounded-fleet.ts";

/** A large backend that finds nothing in time. */
const outOfTime: Backends = {
  ...defaultBackends,
  large: async () => ({ name: "highs", solve: () => ({ status: "no-solution", reason: "the time limit came before a plan" }) }),
};

const limits = { timeLimitSeconds: 20, relativeGap: 0 };

const offers = [
  { type: "l4x1", capacityType: "on-demand" },
  { type: "l4x1", capacityType: "spot" },
  { type: "l4x1", capacityType: "reserved" },
  { type: "h100x1", capacityType: "on-demand" },
  { type: "h100x1", capacityType: "spot" },
] as const;

interface Market {
  readonly prices: readonly number[];
  readonly rates: readonly (readonly [number, number])[];
  readonly spotMaxShare: number;
}

const questionOf = ({ prices, rates, spotMaxShare }: Market) => {
  const catalog = readCatalog({
    id: "test",
    asOf: "2026-07-30",
    description: "for tests",
    instanceTypes: [
      { provider: "cloud", source: "made up", name: "l4x1", accelerator: "l4", accelerators: 1, network: "ethernet" },
      { provider: "cloud", source: "made up", name: "h100x1", accelerator: "h100", accelerators: 1, network: "ethernet" },
    ],
    offers: offers.map(({ type, capacityType }, index) => ({
      id: `${index}`,
      provider: "cloud",
      instanceType: type,
      region: "here",
      capacityType,
      ...(capacityType === "reserved" ? { term: "1y" } : {}),
      usdPerInstanceHour: (prices[index] ?? 1) / 10,
      trust: "list",
      source: "made up",
      date: "2026-07-01",
    })),
    notForSale: [],
  });
  const services = rates.map(([quiet, busy], index): PlanRequest["services"][number] => ({
    name: `service-${index}`,
    model: { id: "meta-llama/Llama-3.1-8B" },
    demand: {
      classes: [
        { name: "question", islTokens: 1000, oslTokens: 200, share: 0.6 },
        { name: "document", islTokens: 5000, oslTokens: 100, share: 0.4 },
      ],
      requestRatePerSecond: { hourOfWeek: Array.from({ length: 168 }, (_, hour) => (hour % 24 < 12 ? quiet : busy)) },
    },
    slo: { ttftMs: 4000, tpotMs: 100 },
  }));
  const request = parseRequest(planRequest, { services, purchase: { spotMaxShare } });
  if (!catalog.ok || !request.ok) throw new Error("the catalog and the request read");
  const question = fleetQuestion(request.value, catalog.value);
  if (!question.ok) throw new Error(JSON.stringify(question.errors));
  const { candidates } = enumerateCandidates(question.value.needs, question.value.offers);
  return { ...question.value, candidates };
};

const rate = fc.integer({ min: 1, max: 60 });

const market = fc.record({
  prices: fc.array(fc.integer({ min: 2, max: 60 }), { minLength: offers.length, maxLength: offers.length }),
  rates: fc.array(fc.tuple(rate, rate), { minLength: 2, maxLength: 3 }),
  spotMaxShare: fc.constantFrom(0.3, 0.5, 1),
});

it("bounds several services of several classes below their cheapest fleet, and finds none that is below it", async () => {
  const highs = await defaultBackends.large();
  await fc.assert(
    fc.asyncProperty(market, async (drawn) => {
      const { needs, rules, candidates, offers: all, switching } = questionOf(drawn);
      const groups = hourGroups(needs);
      const whole = formulateFleet({ needs, units: allUnits(candidates, all, rules), rules, groups, switching, kind: "integer" });
      const best = highs.solve(whole.program, limits);
      if (best.status !== "optimal") throw new Error(best.status);
      const units = buyableUnits(candidates, all, rules, switching);
      const bound = await hourlyBound({ needs, units, rules, groups }, limits, defaultBackends);
      if (bound.kind !== "bound") throw new Error(bound.kind);
      expect(bound.usdPerHour).toBeLessThanOrEqual(best.bound + 1e-6);
      for (const backends of [defaultBackends, outOfTime]) {
        const rounded = await roundedFleet(
          { needs, units: bound.used, all: units, coarse: bound, isLate: () => false, rules, groups },
          limits,
          backends,
        );
        expect(toUsd(meanCost(rounded.counts, groups))).toBeGreaterThanOrEqual(best.bound - 1e-6);
        expect(keepsSpotShare(rules, rounded.counts)).toBe(true);
        expect(await purchasesOf({ needs, rules }, groups, alone(rounded.counts), defaultBackends)).toBeDefined();
      }
    }),
    { numRuns: 12, seed: 11 },
  );
}, 120_000);
