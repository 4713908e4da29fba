import { run } from "./run.mjs";

/** What takes minutes: answers beside running solves, the memory of the largest ones, and properties of weeks at length. */
export const load = (args) => run("vitest", ["run", "--project", "load", ...args]);
