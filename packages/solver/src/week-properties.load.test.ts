import { expect, it } from "vitest";
import { twoServicesCase, weeklyCase } from "./fakes/weekly-case.ts";
import { weeklyEqualities, weeklyOrders } from "./fakes/weekly-properties.ts";

it.each([...weeklyOrders, ...weeklyEqualities])("of many weeks with several services and classes: $name", async ({ holds }) => {
  await expect(holds(weeklyCase, { numRuns: 25 })).resolves.toBeUndefined();
});

it.each([...weeklyOrders, ...weeklyEqualities])("of many pairs of services with two classes, sharing or not: $name", async ({ holds }) => {
  await expect(holds(twoServicesCase, { numRuns: 25 })).resolves.toBeUndefined();
});
