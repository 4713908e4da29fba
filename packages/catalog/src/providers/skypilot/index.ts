export type { SkyPilotSource } from "./import-cloud.ts";
export * from "./import-report.ts";
export * from "./import-skypilot.ts";
