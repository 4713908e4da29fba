export * from "./explain-in-words.ts";
export * from "./is-left-open.ts";
export * from "./line-months.ts";
export * from "./plan-as-text.ts";
