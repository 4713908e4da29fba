export * from "./explain-in-words.ts";
export * from "./plan-as-text.ts";
