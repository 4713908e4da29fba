import fc from "fast-check";
import { expect, it } from "vitest";
import type { SurvivingItem } from "./surviving-hour.ts";
import { survivingHour } from "./surviving-hour.ts";
import { type SurvivingWeekQuestion, survivingWeek } from "./surviving-week.ts";

const item = (zones: readonly string[]): fc.Arbitrary<SurvivingItem> =>
  fc.record({
    price: fc.integer({ min: 2, max: 40 }),
    capacity: fc.integer({ min: 3, max: 12 }).map((tenths) => tenths / 10),
    most: fc.constantFrom(2, Number.POSITIVE_INFINITY),
    zone: fc.constantFrom(...zones),
  });

const zones = ["here", "there", "yonder"];

const week = (survive: SurvivingWeekQuestion["survive"]): fc.Arbitrary<SurvivingWeekQuestion> =>
  fc.record({
    survive: fc.constant(survive),
    hourly: fc.array(item(zones), { minLength: 1, maxLength: 3 }),
    committed: fc.array(item(zones), { minLength: 1, maxLength: 2 }),
    loads: fc.tuple(fc.constant(0.2), fc.constant(0.6), fc.constant(1)),
    weights: fc.constantFrom([0.5, 0.3, 0.2], [0.2, 0.2, 0.6]),
    effort: fc.constant("whole" as const),
    isLate: fc.constant(() => false),
  });

/** Every count of commitments with the cheapest hours beside it, each proved by the test of an hour. */
const leastCost = ({ survive, hourly, committed, loads, weights }: SurvivingWeekQuestion): number => {
  const most = committed.map((one) => Math.min(one.most, Math.ceil(1 / one.capacity) + 1));
  const all = most.reduce<number[][]>(
    (rows, up) => rows.flatMap((row) => Array.from({ length: up + 1 }, (_, count) => [...row, count])),
    [[]],
  );
  return Math.min(
    ...all.map((counts) => {
      const standing = committed
        .map(({ capacity, zone }, at) => ({ capacity, zone, count: counts[at] ?? 0 }))
        .filter(({ count }) => count > 0);
      const hours = loads.map(
        (load) => survivingHour(survive, { items: hourly, standing, load, tolerance: 1e-9 })?.cost ?? Number.POSITIVE_INFINITY,
      );
      const fixed = committed.reduce((sum, { price }, at) => sum + price * (counts[at] ?? 0), 0);
      return hours.reduce((sum, cost, at) => sum + cost * (weights[at] ?? 0), fixed);
    }),
  );
};

it.each([
  ["one-instance", 0.03],
  ["one-zone", 0.08],
] as const)(
  "a week that survives %s costs no less than is proved and no less than the cheapest, and near it",
  (survive, meanGap) => {
    let gaps = 0;
    let weeks = 0;
    fc.assert(
      fc.property(week(survive), (question) => {
        const [expected, found] = [leastCost(question), survivingWeek(question)];
        expect(found !== undefined).toBe(Number.isFinite(expected));
        if (!found) return;
        expect(found.lower).toBeLessThanOrEqual(expected + 1e-6);
        expect(found.cost).toBeGreaterThanOrEqual(expected - 1e-6);
        gaps += 1 - found.lower / found.cost;
        weeks += 1;
      }),
      { numRuns: 25, seed: 5 },
    );
    expect(gaps / weeks).toBeLessThan(meanGap);
  },
  60_000,
);
