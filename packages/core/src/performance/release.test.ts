import { expect, it } from "vitest";
import { releaseOf } from "./release.ts";

it.each([
  { engine: "vllm", version: "0.9.2", expected: "up to 0.10" },
  { engine: "vllm", version: "0.12", expected: "0.11 to 0.14" },
  { engine: "vllm", version: "0.19.1", expected: "from 0.15" },
  { engine: "sglang", version: "0.5.10", expected: "from 0.5.9" },
  { engine: "tensorrt-llm", version: "0.17", expected: "up to 0.21" },
  { engine: "tensorrt-llm", version: undefined, expected: undefined },
] as const)("$engine $version is of the releases $expected", ({ engine, version, expected }) => {
  expect(releaseOf(engine, version)).toBe(expected);
});
