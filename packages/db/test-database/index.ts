export { bareDatabase, type FreshDatabase, freshDatabase } from "./fresh-database.ts";
export { sampleMeasurement } from "./sample-measurement.ts";
export { sampleCatalog, sampleLine, samplePlan, sampleRequest } from "./sample-plan.ts";
