export * from "./buying-rules.ts";
export * from "./catalog.ts";
export * from "./catalog-document.ts";
export * from "./host-memory.ts";
export * from "./list-offers.ts";
export * from "./owned-offers.ts";
export * from "./select-offers.ts";
export * from "./surcharges.ts";
