import fc from "fast-check";
import { expect, it } from "vitest";
import { exactHour, type HourItem } from "./exact-hour.ts";
import { hourChoices } from "./hour-choices.ts";
import { hourPrices } from "./hour-prices.ts";
import { smallRelaxation } from "./small-relaxation.ts";
import { withoutReplaced } from "./without-replaced.ts";

const item: fc.Arbitrary<HourItem> = fc.record({
  price: fc.integer({ min: 1, max: 60 }),
  capacity: fc.integer({ min: 1, max: 40 }).map((hundredths) => hundredths / 100),
  adds: fc.constantFrom(-4, -1, -0.5, 0.5, 1, 4),
});

const byTheHour: HourItem = { price: 70, capacity: 0.3, adds: -1 };

const hour = fc.record({
  items: fc.array(item, { maxLength: 7 }).map((items) => [...items, byTheHour]),
  need: fc.record({
    missing: fc.integer({ min: 1, max: 150 }).map((hundredths) => hundredths / 100),
    over: fc.integer({ min: -6, max: 3 }),
  }),
});

it("prices an hour at what its relaxation costs, and no item is worth more than it costs", () => {
  fc.assert(
    fc.property(hour, ({ items, need }) => {
      const relaxed = smallRelaxation({
        costs: items.map(({ price }) => price),
        rows: [items.map(({ capacity }) => capacity), items.map(({ adds }) => -adds)],
        atLeast: [need.missing, need.over],
      });
      const prices = hourPrices(items, need);
      expect(prices.value).toBeCloseTo(relaxed?.value ?? Number.NaN, 6);
      for (const { price, capacity, adds } of items)
        expect(prices.load * capacity - prices.share * adds).toBeLessThanOrEqual(price + 1e-9 * price);
    }),
    { numRuns: 300, seed: 13 },
  );
});

it("an hour costs the same without the items that several of another one replace", () => {
  fc.assert(
    fc.property(hour, ({ items, need }) => {
      const cost = (of: readonly HourItem[]) =>
        exactHour({ choices: hourChoices({ items: of, prices: hourPrices(of, need), atMost: need }), need, mostChoices: 1e4 })?.cost;
      const fewer = withoutReplaced(items);
      expect(fewer.length).toBeGreaterThan(0);
      expect(cost(fewer)).toBeCloseTo(cost(items) ?? Number.NaN, 6);
    }),
    { numRuns: 200, seed: 14 },
  );
});
