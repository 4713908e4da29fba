export * from "./explain-in-words.ts";
