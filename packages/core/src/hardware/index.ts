export * from "./accelerator.ts";
export * from "./accelerators.ts";
export * from "./compatibility.ts";
export * from "./display-name.ts";
export * from "./find-accelerator.ts";
export * from "./host-link.ts";
