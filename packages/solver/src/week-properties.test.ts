import { expect, it } from "vitest";
import { weeklyEqualities, weeklyOrders } from "./fakes/weekly-properties.ts";

/** One draw of each; `npm run load` makes many. */
it.each([...weeklyOrders, ...weeklyEqualities])("of weeks with several services and classes: $name", async ({ holds }) => {
  await expect(holds({ numRuns: 1, seed: 7 })).resolves.toBeUndefined();
});
