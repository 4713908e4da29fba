export * from "./check-mix.ts";
export * from "./check-plan.ts";
export * from "./input-hash.ts";
export * from "./line-needs.ts";
export * from "./mix-document.ts";
export * from "./plan-change.ts";
export * from "./plan-cost.ts";
export * from "./plan-document.ts";
