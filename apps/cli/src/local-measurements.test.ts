import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Measurement, measurementId } from "@headroom/core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { forgetMeasurement, keepMeasurements, localMeasurements } from "./local-measurements.ts";

const run = (concurrency: number): Measurement => ({
  model: "meta-llama/Llama-3.1-8B",
  accelerator: "h100-sxm",
  engine: { name: "vllm" },
  layout: {},
  precision: {},
  islTokens: 1000,
  oslTokens: 200,
  concurrency,
  tpotMs: 12,
  outputTokensPerSecond: 1200,
  source: "vllm-bench-serve",
});

describe("the measurements of this machine", () => {
  beforeEach(() => vi.stubEnv("HEADROOM_DATA_DIR", join(mkdtempSync(join(tmpdir(), "headroom-measurements-")), "new")));
  afterEach(() => vi.unstubAllEnvs());

  it("are none at first, then those that were kept, each once, the last first", () => {
    expect(localMeasurements()).toEqual([]);
    expect(keepMeasurements([run(1), run(2), run(1)])).toBe(2);
    expect(keepMeasurements([run(2), run(3)])).toBe(1);
    expect(localMeasurements()).toEqual([run(3), run(2), run(1)]);
  });

  it("are forgotten by their id", () => {
    keepMeasurements([run(1), run(2)]);
    expect(forgetMeasurement(measurementId(run(1)))).toBe(true);
    expect(forgetMeasurement(measurementId(run(1)))).toBe(false);
    expect(localMeasurements()).toEqual([run(2)]);
  });
});
