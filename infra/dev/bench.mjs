import { run } from "./run.mjs";

export const bench = (args) => run("tsx", ["test/bench/bench.ts", ...args]);
