import { run } from "./run.mjs";

/** Builds every app and what they bundle; unchanged parts come from turbo's cache. */
export const build = () => run("turbo", ["run", "build", "--output-logs=errors-only"]);
