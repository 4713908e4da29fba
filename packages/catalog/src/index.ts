export * from "./bundled-catalog.ts";
export * from "./choose-catalog.ts";
export * from "./integrity/index.ts";
export * from "./providers/skypilot/index.ts";
export * from "./render-catalog.ts";
export * from "./sources/read-skypilot-folder.ts";
