import { describe, expect, it } from "vitest";
import { type TrainingRequest, trainingRequest } from "../request/training-request.ts";
import { estimateTraining } from "./estimate-training.ts";
import { withMicroBatch, withReplicas } from "./solve-training.ts";

const base: TrainingRequest = trainingRequest.parse({
  model: { id: "meta-llama/Llama-3.1-8B" },
  sequenceLength: 8192,
  microBatchSize: 1,
  globalBatchSize: 64,
  accelerator: { id: "h100-sxm" },
  accelerators: 8,
  shard: "fsdp",
});

const answerTo = (request: TrainingRequest) => {
  const outcome = estimateTraining(request);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
  return outcome.value;
};

const fits = (request: TrainingRequest) => answerTo(request).verdict !== "does-not-fit";

describe("the answer stands on the boundary of the forward question", () => {
  it("largest micro-batch", () => {
    const { maxMicroBatchSize = 0 } = answerTo({ ...base, solveFor: "max-micro-batch" }).answer ?? {};
    expect(maxMicroBatchSize).toBeGreaterThan(0);
    expect(fits(withMicroBatch(base, maxMicroBatchSize))).toBe(true);
    expect(fits(withMicroBatch(base, maxMicroBatchSize + 1))).toBe(false);
  });

  it("longest sequence", () => {
    const { maxSequenceLength = 0 } = answerTo({ ...base, solveFor: "max-sequence" }).answer ?? {};
    expect(maxSequenceLength).toBeGreaterThan(8192);
    expect(fits({ ...base, sequenceLength: maxSequenceLength })).toBe(true);
    expect(fits({ ...base, sequenceLength: maxSequenceLength + 1 })).toBe(false);
  });

  it("fewest accelerators", () => {
    const wide: TrainingRequest = { ...base, model: { id: "meta-llama/Llama-3.1-70B" }, recompute: "full" };
    const { minAccelerators = 0 } = answerTo({ ...wide, solveFor: "min-accelerators" }).answer ?? {};
    expect(minAccelerators).toBeGreaterThan(8);
    expect(fits(withReplicas(wide, minAccelerators))).toBe(true);
    expect(fits(withReplicas(wide, minAccelerators - 1))).toBe(false);
  });

  it("fewest accelerators of a mixture are whole expert-parallel groups", () => {
    const mixture: TrainingRequest = {
      ...base,
      model: { id: "Qwen/Qwen3-30B-A3B" },
      shard: "zero-1",
      layout: { expertParallelSize: 8, tensorParallelSize: 2 },
      recompute: "full",
    };
    const { minAccelerators = 0 } = answerTo({ ...mixture, solveFor: "min-accelerators" }).answer ?? {};
    expect(minAccelerators % 8).toBe(0);
    expect(fits(withReplicas(mixture, minAccelerators / 2))).toBe(true);
  });

  it("is 0 where nothing fits", () => {
    const hopeless: TrainingRequest = { ...base, model: { id: "meta-llama/Llama-3.1-405B" }, shard: "ddp" };
    expect(answerTo({ ...hopeless, solveFor: "min-accelerators" }).answer).toEqual({ minAccelerators: 0 });
    expect(answerTo({ ...hopeless, solveFor: "max-micro-batch" }).answer).toEqual({ maxMicroBatchSize: 0 });
  });

  it("is absent where only the fit is asked for", () => {
    expect(answerTo({ ...base, solveFor: "fit" }).answer).toBeUndefined();
  });
});
