export * from "./candidate.ts";
export * from "./capacity-within-targets.ts";
export * from "./enumerate-candidates.ts";
export * from "./enumerate-layouts.ts";
export * from "./hours-of-week.ts";
export * from "./service-need.ts";
export * from "./serving-shape.ts";
export * from "./spot-capacity.ts";
