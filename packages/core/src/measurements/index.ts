export * from "./estimate-measured-performance.ts";
export * from "./import-measurements.ts";
export * from "./measured-replica.ts";
export * from "./measurement.ts";
export * from "./measurement-import.ts";
