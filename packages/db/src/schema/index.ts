export * from "./catalogs.ts";
export * from "./idempotency-keys.ts";
export * from "./jobs.ts";
export * from "./measurements.ts";
export * from "./plans.ts";
export * from "./runs.ts";
export * from "./schedules.ts";
