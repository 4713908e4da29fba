export * from "./check-integrity.ts";
export * from "./finding.ts";
export * from "./thresholds.ts";
