export * from "./defaults.ts";
export * from "./hardware/index.ts";
export * from "./market/index.ts";
export * from "./memory/index.ts";
export * from "./model/index.ts";
export * from "./performance/index.ts";
export * from "./request/index.ts";
export * from "./units/index.ts";
