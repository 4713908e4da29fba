import { run } from "./run.mjs";

/** Writes docs/accuracy.md anew from the measurements beside the repository. */
export const accuracy = () => run("tsx", ["test/accuracy/write-accuracy.ts"]);
