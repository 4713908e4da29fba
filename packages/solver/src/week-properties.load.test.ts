import { expect, it } from "vitest";
import { weeklyEqualities, weeklyOrders } from "./fakes/weekly-properties.ts";

it.each([...weeklyOrders, ...weeklyEqualities])("of many weeks with several services and classes: $name", async ({ holds }) => {
  await expect(holds({ numRuns: 25 })).resolves.toBeUndefined();
});
