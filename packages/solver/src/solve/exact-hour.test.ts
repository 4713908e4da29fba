import fc from "fast-check";
import { expect, it } from "vitest";
import { defaultBackends } from "./backends.ts";
import { exactHour, type HourItem, type HourNeed } from "./exact-hour.ts";
import { hourChoices } from "./hour-choices.ts";
import { hourPrices } from "./hour-prices.ts";

const item: fc.Arbitrary<HourItem> = fc.record({
  price: fc.integer({ min: 1, max: 60 }),
  capacity: fc.integer({ min: 1, max: 40 }).map((hundredths) => hundredths / 100),
  adds: fc.constantFrom(-4, -1, -0.5, 0.5, 1, 4),
});

const byTheHour: HourItem = { price: 70, capacity: 0.3, adds: -1 };

const hour: fc.Arbitrary<{ items: readonly HourItem[]; need: HourNeed }> = fc.record({
  items: fc.array(item, { minLength: 1, maxLength: 5 }).map((items) => [...items, byTheHour]),
  need: fc.record({
    missing: fc.integer({ min: -20, max: 150 }).map((hundredths) => hundredths / 100),
    over: fc.integer({ min: -6, max: 3 }),
  }),
});

/** The same hour as a whole program. */
const programCost = async (items: readonly HourItem[], { missing, over }: HourNeed): Promise<number> => {
  const outcome = (await defaultBackends.large()).solve(
    {
      variables: items.map(({ price }) => ({ label: "", kind: "integer", cost: price, lower: 0, upper: 400 })),
      constraints: [
        {
          label: "load",
          terms: items.map(({ capacity }, variable) => ({ variable, coefficient: capacity })),
          lower: missing,
          upper: Number.POSITIVE_INFINITY,
        },
        {
          label: "share",
          terms: items.map(({ adds }, variable) => ({ variable, coefficient: adds })),
          lower: Number.NEGATIVE_INFINITY,
          upper: -over,
        },
      ],
    },
    { timeLimitSeconds: 20, relativeGap: 0 },
  );
  if (outcome.status !== "optimal") throw new Error(outcome.status);
  return items.reduce((sum, { price }, index) => sum + price * Math.round(outcome.values[index] ?? 0), 0);
};

const within = ({ items, need }: { items: readonly HourItem[]; need: HourNeed }, mostChoices: number) => {
  const found = exactHour({ choices: hourChoices({ items, prices: hourPrices(items, need), atMost: need }), need, mostChoices });
  if (!found) throw new Error("an hour with something by the hour has a choice");
  return found;
};

it("costs what the whole program costs, and its choice carries the load within the spot share", async () => {
  await fc.assert(
    fc.asyncProperty(hour, async (asked) => {
      const { items, need } = asked;
      const { cost, lower, counts } = within(asked, 1e5);
      const total = (of: (one: HourItem) => number) => items.reduce((sum, one, index) => sum + of(one) * (counts[index] ?? 0), 0);
      expect(total(({ capacity }) => capacity)).toBeGreaterThanOrEqual(need.missing - 1e-6);
      expect(total(({ adds }) => adds)).toBeLessThanOrEqual(-need.over + 1e-6);
      expect(total(({ price }) => price)).toBeCloseTo(cost, 6);
      const expected = await programCost(items, need);
      expect(cost).toBeCloseTo(expected, 6);
      expect(lower).toBeCloseTo(expected, 6);
    }),
    { numRuns: 150, seed: 11 },
  );
}, 60_000);

it("never proves more than the optimum where it stops early", () => {
  fc.assert(
    fc.property(hour, fc.integer({ min: 1, max: 8 }), (asked, mostChoices) => {
      const [early, whole] = [within(asked, mostChoices), within(asked, 1e5)];
      expect(early.lower).toBeLessThanOrEqual(whole.cost + 1e-6);
      expect(early.cost).toBeGreaterThanOrEqual(whole.cost - 1e-6);
    }),
    { numRuns: 200, seed: 12 },
  );
});
