export * from "./invariant.ts";
export * from "./money.ts";
export * from "./nearest-names.ts";
export * from "./once-per.ts";
export * from "./outcome.ts";
export * from "./quantity.ts";
export * from "./round-to.ts";
