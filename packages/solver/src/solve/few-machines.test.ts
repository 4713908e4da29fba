import { enumerateCandidates, parseRequest, planRequest, readCatalog, toUsd } from "@headroom/core";
import fc from "fast-check";
import { expect, it } from "vitest";
import { standingUnits, usedInstances } from "../formulate/buyable-units.ts";
import { divideUnits } from "../formulate/divide-units.ts";
import { fleetQuestion } from "../formulate/fleet-question.ts";
import { formulateFleet } from "../formulate/formulate-fleet.ts";
import { poolUnits } from "../formulate/formulate-sharing.ts";
import { hourGroups } from "../formulate/hour-groups.ts";
import { withoutDominated } from "../formulate/undominated-units.ts";
import { defaultBackends } from "./backends.ts";
import { fewMachines } from "./few-machines.ts";
import { meanCost, purchasesOf } from "./fleet.ts";
import type { FleetAsked } from "./fleet-outcome.ts";
import { keepsSpotShare } from "./keeps-spot-share.ts";

const tools = { backends: defaultBackends, nowMs: () => 0 };

const instanceTypes = [
  { name: "l4x1", accelerator: "l4", accelerators: 1 },
  { name: "l4x4", accelerator: "l4", accelerators: 4 },
  { name: "h100x2", accelerator: "h100", accelerators: 2 },
].map((type) => ({ provider: "cloud", source: "made up", network: "ethernet", ...type }));

interface Market {
  /** Cents, by instance type. */
  readonly cents: readonly number[];
  /** Requests a second at night and by day, of each service, and how many classes it has. */
  readonly services: readonly { readonly night: number; readonly day: number; readonly classes: 1 | 2 }[];
  /** Share of the price by the hour. */
  readonly reserved: number | undefined;
  readonly spotMaxShare: number;
  readonly shareInstances: boolean;
}

const catalogOf = ({ cents, reserved, spotMaxShare }: Market) => {
  const ways = [
    { capacityType: "on-demand", of: 1, offered: true },
    { capacityType: "reserved", of: reserved ?? 1, offered: reserved !== undefined, term: "1y" },
    { capacityType: "spot", of: 0.4, offered: spotMaxShare > 0 },
  ];
  const offers = instanceTypes.flatMap(({ name }, type) =>
    ways.flatMap(({ of, offered, ...way }) =>
      offered
        ? [
            {
              id: `${name}/${way.capacityType}`,
              provider: "cloud",
              instanceType: name,
              region: "here",
              ...way,
              usdPerInstanceHour: Math.round((cents[type] ?? 0) * of) / 100,
              trust: "list",
              source: "made up",
              date: "2026-07-01",
            },
          ]
        : [],
    ),
  );
  const read = readCatalog({ id: "test", asOf: "2026-07-30", description: "for tests", instanceTypes, offers, notForSale: [] });
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  return read.value;
};

const classes = [
  { name: "question", islTokens: 1000, oslTokens: 200 },
  { name: "document", islTokens: 5000, oslTokens: 100 },
] as const;

const askedOf = (market: Market): FleetAsked => {
  const request = parseRequest(planRequest, {
    services: market.services.map(({ night, day, ...service }, index) => ({
      name: `service-${index}`,
      model: { id: "meta-llama/Llama-3.1-8B" },
      demand: {
        classes: classes.slice(0, service.classes).map((one) => ({ ...one, share: 1 / service.classes })),
        requestRatePerSecond: { hourOfWeek: Array.from({ length: 168 }, (_, hour) => ((hour + 6 * index) % 24 < 12 ? night : day)) },
      },
      slo: { ttftMs: 4000, tpotMs: 100 },
    })),
    purchase: { shareInstances: market.shareInstances, spotMaxShare: market.spotMaxShare },
  });
  if (!request.ok) throw new Error(JSON.stringify(request.errors));
  const question = fleetQuestion(request.value, catalogOf(market));
  if (!question.ok) throw new Error(JSON.stringify(question.errors));
  const { needs, offers, rules, switching } = question.value;
  const { candidates } = enumerateCandidates(needs, offers, usedInstances(rules));
  const standing = standingUnits(candidates, offers, rules, switching);
  const limits = { timeLimitSeconds: 60, relativeGap: 0 };
  return {
    problem: { ...question.value, candidates, limits, effort: "whole", deadlineMs: 60_000 },
    units: withoutDominated(standing, rules, switching),
    divided: needs.length > 1 ? divideUnits(standing, rules, switching) : undefined,
    groups: hourGroups(needs),
  };
};

/** Every hour in one program; replicas on shared commitments the same in all hours. */
const truthOf = async ({ problem: { needs, rules, switching }, units, divided, groups }: FleetAsked): Promise<number> => {
  const shareable = divided?.shareable ?? [];
  const pooled = poolUnits(
    shareable,
    units.filter((unit) => !shareable.includes(unit)),
  );
  const { program } = formulateFleet({ needs, units: pooled.units, pools: pooled.pools, rules, groups, switching, kind: "integer" });
  const outcome = (await defaultBackends.large()).solve(program, { timeLimitSeconds: 60, relativeGap: 0 });
  if (outcome.status !== "optimal") throw new Error(outcome.status);
  return outcome.bound;
};

const service = fc.record({
  night: fc.integer({ min: 1, max: 8 }),
  day: fc.integer({ min: 2, max: 20 }),
  classes: fc.constantFrom(1 as const, 2 as const),
});

const market = (reserved: fc.Arbitrary<number | undefined>): fc.Arbitrary<Market> =>
  fc.record({
    cents: fc.tuple(fc.integer({ min: 60, max: 120 }), fc.integer({ min: 200, max: 400 }), fc.integer({ min: 300, max: 900 })),
    services: fc.array(service, { minLength: 1, maxLength: 3 }),
    reserved,
    spotMaxShare: fc.constantFrom(0, 0.5, 1),
    shareInstances: fc.boolean(),
  });

const found = async (asked: FleetAsked) => {
  const few = await fewMachines(asked, tools);
  if (!few) throw new Error("a handful of machines is a small week");
  const { needs, rules } = asked.problem;
  expect(keepsSpotShare(rules, few.settled.bought)).toBe(true);
  expect(await purchasesOf({ needs, rules }, asked.groups, few.settled, defaultBackends)).toBeDefined();
  return { cost: toUsd(meanCost(few.settled.bought, asked.groups)), lower: few.usdPerHourAtLeast };
};

it("finds and proves the cheapest week of all where everything is bought by the hour", async () => {
  await fc.assert(
    fc.asyncProperty(market(fc.constant(undefined)), async (drawn) => {
      const asked = askedOf(drawn);
      const [{ cost, lower }, truth] = [await found(asked), await truthOf(asked)];
      expect(cost).toBeCloseTo(truth, 4);
      expect(lower).toBeCloseTo(truth, 4);
    }),
    { numRuns: 12, seed: 11 },
  );
}, 240_000);

it("beside commitments proves no more than the cheapest week costs, finds none below it, and comes within a hundredth", async () => {
  await fc.assert(
    fc.asyncProperty(market(fc.double({ min: 0.4, max: 0.8, noNaN: true })), async (drawn) => {
      const asked = askedOf(drawn);
      const [{ cost, lower }, truth] = [await found(asked), await truthOf(asked)];
      expect(lower).toBeLessThanOrEqual(truth + 1e-5);
      expect(cost).toBeGreaterThanOrEqual(truth - 1e-5);
      expect(cost).toBeLessThanOrEqual(truth * 1.01);
    }),
    { numRuns: 12, seed: 12 },
  );
}, 240_000);
