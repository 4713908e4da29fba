import type { EngineName } from "../request/engine.ts";

/** Releases of an engine that share their kernels and scheduler, oldest first; each begins at its version. */
const releases: Readonly<Record<EngineName, readonly (readonly [from: string, name: string])[]>> = {
  vllm: [
    ["0", "up to 0.10"],
    ["0.11", "0.11 to 0.14"],
    ["0.15", "from 0.15"],
  ],
  sglang: [
    ["0", "up to 0.5.4"],
    ["0.5.5", "0.5.5 to 0.5.8"],
    ["0.5.9", "from 0.5.9"],
  ],
  "tensorrt-llm": [
    ["0", "up to 0.21"],
    ["1.0", "1.0"],
    ["1.1", "from 1.1"],
  ],
  transformers: [["0", "any"]],
};

/** The group of releases a version belongs to; undefined where no version is stated. */
export const releaseOf = (engine: EngineName, version: string | undefined): string | undefined =>
  version === undefined ? undefined : releases[engine].findLast(([from]) => !isOlder(version, from))?.[1];

const isOlder = (version: string, than: string): boolean => {
  const [left, right] = [version, than].map((text) => text.split(".").map(Number));
  for (let index = 0; index < 3; index++) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
};
