import { estimateTraining } from "@headroom/core";
import { describe, expect, it } from "vitest";
import { hasSharedData, sharedNote } from "../shared-data.ts";
import { absoluteErrors, medianOf, quantileOf } from "../truth/errors.ts";
import { trainingMemoryErrors } from "../truth/training-memory-rows.ts";

/** Held-out figures stand in docs/accuracy.md; these bars keep the fit from slipping. */
describe.skipIf(!hasSharedData)(`peak memory of training runs${sharedNote}`, () => {
  const rows = trainingMemoryErrors();
  const errors = absoluteErrors(rows);

  it("answers every run that a request can say", () => {
    expect(rows.length).toBeGreaterThanOrEqual(28);
  });

  it("is within 15 % in the median and 35 % for nine in ten", () => {
    expect(medianOf(errors)).toBeLessThan(0.15);
    expect(quantileOf(errors, 0.9)).toBeLessThan(0.35);
  });

  it("lies inside its band for at least two thirds of the runs", () => {
    const inside = rows.filter(({ measured, interval }) => interval && measured >= interval[0] && measured <= interval[1]);
    expect(inside.length / rows.length).toBeGreaterThan(2 / 3);
  });

  it("packing a sequence of short samples is what grows a small run, not its states", () => {
    const outcome = estimateTraining({
      model: { id: "meta-llama/Llama-3.2-3B" },
      sequenceLength: 4096,
      microBatchSize: 2,
      globalBatchSize: 2,
      precision: "bf16",
      recompute: "none",
      shard: "ddp",
      framework: { name: "torchtune" },
      accelerator: { id: "a100-80gb" },
      accelerators: 1,
    });
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
    // torchtune README: 60.0 GiB packed.
    expect(Math.abs(outcome.value.perAccelerator.totalGib / 60 - 1)).toBeLessThan(0.2);
  });
});
