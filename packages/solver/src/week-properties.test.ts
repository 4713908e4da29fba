import { expect, it } from "vitest";
import { twoServicesCase, weeklyCase } from "./fakes/weekly-case.ts";
import { weeklyEqualities, weeklyOrders } from "./fakes/weekly-properties.ts";

/** One draw of each; `npm run load` makes many. */
it.each([...weeklyOrders, ...weeklyEqualities])("of weeks with several services and classes: $name", async ({ holds }) => {
  await expect(holds(weeklyCase, { numRuns: 1, seed: 7 })).resolves.toBeUndefined();
});

it.each([...weeklyOrders, ...weeklyEqualities])("of two services with two classes, sharing or not: $name", async ({ holds }) => {
  await expect(holds(twoServicesCase, { numRuns: 2, seed: 3 })).resolves.toBeUndefined();
});
