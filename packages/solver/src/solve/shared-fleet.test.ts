import { enumerateCandidates, parseRequest, planRequest, readCatalog } from "@headroom/core";
import fc from "fast-check";
import { expect, it } from "vitest";
import { type BuyableUnit, standingUnits } from "../formulate/buyable-units.ts";
import { sizeOf } from "../formulate/divide-units.ts";
import { fleetQuestion } from "../formulate/fleet-question.ts";
import { planFleet } from "../plan-fleet.ts";
import { defaultBackends } from "./backends.ts";
import { solveFleet } from "./solve-fleet.ts";

const tools = { backends: defaultBackends, nowMs: () => 0 };

const instanceTypes = [
  { name: "l4x4", accelerator: "l4", accelerators: 4 },
  { name: "h100x2", accelerator: "h100", accelerators: 2 },
].map((type) => ({ provider: "cloud", source: "made up", network: "ethernet", ...type }));

interface Market {
  /** Tenths of a dollar, of each instance type. */
  readonly prices: readonly number[];
  /** Requests a second, of each service. */
  readonly rates: readonly number[];
  readonly hours: "constant" | "week";
  readonly quota?: number | undefined;
  readonly reserved?: number | undefined;
}

const catalogOf = ({ prices, reserved }: Market) => {
  const offers = [...prices, ...(reserved === undefined ? [] : [reserved])].map((price, index) => ({
    id: `${index}`,
    provider: "cloud",
    instanceType: instanceTypes[index]?.name ?? "l4x4",
    region: "here",
    capacityType: index < prices.length ? "on-demand" : "reserved",
    ...(index < prices.length ? {} : { term: "1y" }),
    usdPerInstanceHour: price / 10,
    trust: "list",
    source: "made up",
    date: "2026-07-01",
  }));
  const read = readCatalog({ id: "test", asOf: "2026-07-30", description: "for tests", instanceTypes, offers, notForSale: [] });
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  return read.value;
};

const requestOf = ({ rates, hours, quota }: Market, shareInstances = true) => {
  const request = parseRequest(planRequest, {
    services: rates.map((rate, index) => ({
      name: `service-${index}`,
      model: { id: "meta-llama/Llama-3.1-8B" },
      demand: {
        classes: [{ name: "question", islTokens: 1000, oslTokens: 200, share: 1 }],
        requestRatePerSecond:
          hours === "constant"
            ? rate
            : { hourOfWeek: Array.from({ length: 168 }, (_, hour) => ((hour + 8 * index) % 24 < 12 ? rate : rate / ((hour % 5) + 2))) },
      },
      slo: { ttftMs: 4000, tpotMs: 100 },
    })),
    purchase: { shareInstances, spotMaxShare: 0 },
    market: quota === undefined ? {} : { quotas: [{ accelerator: "l4", max: quota }] },
  });
  if (!request.ok) throw new Error(JSON.stringify(request.errors));
  return request.value;
};

const problemOf = (drawn: Market) => {
  const question = fleetQuestion(requestOf(drawn), catalogOf(drawn));
  if (!question.ok) throw new Error(JSON.stringify(question.errors));
  const { candidates } = enumerateCandidates(question.value.needs, question.value.offers);
  return {
    ...question.value,
    candidates,
    limits: { timeLimitSeconds: 20, relativeGap: 0 },
    effort: "whole" as const,
    deadlineMs: 20_000,
  };
};

/** Every number of replicas of every unit, up to what one service needs alone, and the fewest instances that hold them. */
const triedCost = (problem: ReturnType<typeof problemOf>): number | undefined => {
  const units = standingUnits(problem.candidates, problem.offers, problem.rules, problem.switching);
  const offers = [...new Set(units.map(({ offer }) => offer))];
  const carries = ({ mixCapacity, replicas }: BuyableUnit) => mixCapacity / replicas;
  let best: number | undefined;
  const counts = units.map(() => 0);
  const price = (): void => {
    const served = problem.needs.every(
      (need) =>
        units.reduce((sum, unit, at) => (unit.candidate.need === need ? sum + carries(unit) * (counts[at] ?? 0) : sum), 0) >= 1 - 1e-9,
    );
    if (!served) return;
    const instances = offers.map((offer) => {
      const own = units.flatMap((unit, at) => (unit.offer === offer ? [{ unit, used: sizeOf(unit) * (counts[at] ?? 0) }] : []));
      return Math.ceil(own.reduce((sum, { used }) => sum + used, 0) / offer.instanceType.accelerators - 1e-9);
    });
    const isAllowed = problem.rules.quotas.every(({ max }) => {
      const used = offers.reduce(
        (sum, { instanceType }, at) => sum + (instanceType.accelerator.id === "l4" ? (instances[at] ?? 0) * instanceType.accelerators : 0),
        0,
      );
      return used <= max;
    });
    const cost = offers.reduce((sum, { listPrice }, at) => sum + (Number(listPrice) / 1e6) * (instances[at] ?? 0), 0);
    if (isAllowed && (best === undefined || cost < best)) best = cost;
  };
  const search = (at: number): void => {
    const unit = units[at];
    if (!unit) {
      price();
      return;
    }
    for (let count = 0; count <= Math.ceil(1 / carries(unit) - 1e-9); count++) {
      counts[at] = count;
      search(at + 1);
    }
    counts[at] = 0;
  };
  search(0);
  return best;
};

const prices = fc.tuple(fc.integer({ min: 10, max: 40 }), fc.integer({ min: 20, max: 90 }));

it("costs what the cheapest of all ways to place every replica costs", async () => {
  const market: fc.Arbitrary<Market> = fc.record({
    prices,
    rates: fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 3 })),
    hours: fc.constant("constant" as const),
    quota: fc.option(fc.integer({ min: 0, max: 8 }), { nil: undefined }),
  });
  await fc.assert(
    fc.asyncProperty(market, async (drawn) => {
      const problem = problemOf(drawn);
      const [expected, outcome] = [triedCost(problem), await solveFleet(problem, tools)];
      expect(outcome.kind).toBe(expected === undefined ? "infeasible" : "fleet");
      if (outcome.kind !== "fleet") return;
      expect(Number(outcome.fleet.costPerHour) / 1e6).toBeCloseTo(expected ?? Number.NaN, 5);
      expect(outcome.fleet.boundPerHour).toBe(outcome.fleet.costPerHour);
    }),
    { numRuns: 12, seed: 11 },
  );
}, 120_000);

it("never costs more over a week than instances of its own for each service, and passes the check", async () => {
  const market: fc.Arbitrary<Market> = fc.record({
    prices,
    rates: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 2, maxLength: 4 }),
    hours: fc.constant("week" as const),
    reserved: fc.integer({ min: 8, max: 30 }),
  });
  const costOf = async (drawn: Market, shareInstances: boolean): Promise<number> => {
    const input = { request: requestOf(drawn, shareInstances), catalog: catalogOf(drawn), version: "test", newId: () => "plan_test" };
    const outcome = await planFleet(input, tools);
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
    expect(outcome.value.proof.verified).toBe(true);
    expect(Number(outcome.value.proof.lowerBoundUsdPerHour)).toBeLessThanOrEqual(Number(outcome.value.cost?.usdPerHour));
    return Number(outcome.value.cost?.usdPerHour);
  };
  await fc.assert(
    fc.asyncProperty(market, async (drawn) => {
      expect(await costOf(drawn, true)).toBeLessThanOrEqual((await costOf(drawn, false)) + 1e-6);
    }),
    { numRuns: 3, seed: 5 },
  );
}, 240_000);
