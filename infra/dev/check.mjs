import { runAll } from "./run.mjs";

/** All that needs no server and no browser. */
export const check = () =>
  runAll([
    ["biome", "check", "--error-on-warnings", "."],
    ["turbo", "boundaries"],
    ["turbo", "run", "types", "--output-logs=errors-only"],
    ["knip"],
    ["vitest", "run", "--project", "unit"],
  ]);
