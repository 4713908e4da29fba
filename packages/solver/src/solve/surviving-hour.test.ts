import fc from "fast-check";
import { expect, it } from "vitest";
import { type SurvivingQuestion, survivingHour } from "./surviving-hour.ts";

const zones = ["here", "there", "yonder"] as const;

const question: fc.Arbitrary<SurvivingQuestion> = fc.record({
  items: fc.array(
    fc.record({
      price: fc.integer({ min: 1, max: 60 }),
      capacity: fc.integer({ min: 1, max: 9 }).map((tenths) => tenths / 10),
      most: fc.constantFrom(1, 2, Number.POSITIVE_INFINITY),
      zone: fc.constantFrom(...zones),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  standing: fc.array(
    fc.record({
      capacity: fc.integer({ min: 1, max: 9 }).map((tenths) => tenths / 10),
      zone: fc.constantFrom(...zones),
      count: fc.integer({ min: 1, max: 2 }),
    }),
    { maxLength: 2 },
  ),
  load: fc.integer({ min: 1, max: 15 }).map((tenths) => tenths / 10),
  tolerance: fc.constant(1e-9),
});

type Survive = Parameters<typeof survivingHour>[0];

const survives = (survive: Survive, { items, standing, load }: SurvivingQuestion, counts: readonly number[]): boolean => {
  const parts = [...items.map(({ capacity, zone }, at) => ({ capacity, zone, count: counts[at] ?? 0 })), ...standing].filter(
    ({ count }) => count > 0,
  );
  const total = parts.reduce((sum, { capacity, count }) => sum + capacity * count, 0);
  const inZone = (name: string) => parts.reduce((sum, { capacity, count, zone }) => (zone === name ? sum + capacity * count : sum), 0);
  const lost = survive === "one-zone" ? zones.map(inZone) : parts.map(({ capacity }) => capacity);
  return total - Math.max(0, ...lost) >= load - 1e-7;
};

/** Every choice of whole items. */
const leastCost = (survive: Survive, asked: SurvivingQuestion): number => {
  const tryFrom = (at: number, counts: readonly number[]): number => {
    const item = asked.items[at];
    const spent = counts.reduce((sum, count, index) => sum + count * (asked.items[index]?.price ?? 0), 0);
    if (survives(survive, asked, counts)) return spent;
    if (!item) return Number.POSITIVE_INFINITY;
    const most = Math.min(item.most, Math.ceil(asked.load / item.capacity) + 1);
    return Math.min(...Array.from({ length: most + 1 }, (_, count) => tryFrom(at + 1, [...counts, count])));
  };
  return tryFrom(0, []);
};

it.each(["one-instance", "one-zone"] as const)(
  "finds the cheapest choice that survives the loss of %s, or that there is none",
  (survive) => {
    fc.assert(
      fc.property(question, (asked) => {
        const [expected, hour] = [leastCost(survive, asked), survivingHour(survive, asked)];
        expect(hour !== undefined).toBe(Number.isFinite(expected));
        if (!hour) return;
        expect(survives(survive, asked, hour.counts)).toBe(true);
        expect(hour.cost).toBeCloseTo(expected, 6);
        expect(hour.lower).toBeCloseTo(expected, 6);
      }),
      { numRuns: 1500, seed: 3 },
    );
  },
);
