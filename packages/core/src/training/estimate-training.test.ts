import { describe, expect, it } from "vitest";
import type { TrainingRequest } from "../request/training-request.ts";
import { estimateTraining } from "./estimate-training.ts";
import { trainingEstimate } from "./training-estimate.ts";

/** 7.5 billion parameters, as in the ZeRO paper. */
const sevenAndAHalfBillion = {
  config: {
    model_type: "llama",
    hidden_size: 4096,
    num_hidden_layers: 36,
    num_attention_heads: 32,
    intermediate_size: 11_264,
    vocab_size: 32_000,
  },
};

const request = (change: Partial<TrainingRequest> = {}): TrainingRequest => ({
  model: sevenAndAHalfBillion,
  sequenceLength: 1024,
  microBatchSize: 1,
  globalBatchSize: 64,
  accelerator: { id: "a100-80gb" },
  accelerators: 64,
  ...change,
});

const answerTo = (change: Partial<TrainingRequest> = {}) => {
  const outcome = estimateTraining(request(change));
  if (!outcome.ok) throw new Error(outcome.errors.map(({ detail }) => detail).join());
  return outcome.value;
};

const statesBytesPerParameter = (change: Partial<TrainingRequest>): number => {
  const { weightsGib, gradientsGib, optimizerGib } = answerTo(change).perAccelerator;
  return (
    ((weightsGib + gradientsGib + optimizerGib) * 2 ** 30) /
    (answerTo({ shard: "ddp", precision: "fp32", optimizer: "sgd" }).perAccelerator.weightsGib * 2 ** 28)
  );
};

it.each([
  { shard: "ddp" as const, bytes: 16 },
  { shard: "zero-1" as const, bytes: 4 + 12 / 64 },
  { shard: "zero-2" as const, bytes: 2 + 14 / 64 },
  { shard: "zero-3" as const, bytes: 16 / 64 },
])("$shard keeps $bytes bytes for each parameter on 64 ranks (arXiv 1910.02054)", ({ shard, bytes }) => {
  expect(statesBytesPerParameter({ shard })).toBeCloseTo(bytes, 5);
});

it("answers in the shape of the contract, parts adding up", () => {
  const answer = answerTo({ tokens: 1e9 });
  expect(trainingEstimate.safeParse(answer).success).toBe(true);
  const { totalGib, visibleGib: _, ...parts } = answer.perAccelerator;
  expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBeCloseTo(totalGib, 4);
});

describe("what costs what", () => {
  it("recomputing everything keeps far less and computes a third more", () => {
    const [kept, recomputed] = [answerTo({ recompute: "selective" }), answerTo({ recompute: "full" })];
    expect(recomputed.perAccelerator.activationGib).toBeLessThan(kept.perAccelerator.activationGib / 5);
    expect(recomputed.stepSeconds / kept.stepSeconds).toBeCloseTo(4 / 3, 3);
  });

  it("a pipeline of 4 with 64 micro-batches idles 3/64 of the time", () => {
    const { timeParts } = answerTo({ layout: { pipelineParallelSize: 4 }, globalBatchSize: 1024 });
    expect((timeParts.pipelineBubble ?? 0) / (timeParts.compute ?? 1)).toBeCloseTo(3 / 64, 3);
  });

  it("twice the tokens take twice the days", () => {
    expect((answerTo({ tokens: 2e12 }).days ?? 0) / (answerTo({ tokens: 1e12 }).days ?? 1)).toBeCloseTo(2, 3);
  });
});

describe("refusals name the field", () => {
  it.each([
    { name: "a mixture of experts", change: { model: { id: "deepseek-ai/DeepSeek-V3" } }, pointer: "/model" },
    {
      name: "accelerators that the layout does not divide",
      change: { layout: { tensorParallelSize: 8 }, accelerators: 12 },
      pointer: "/accelerators",
    },
    { name: "a batch that the ranks do not divide", change: { globalBatchSize: 65 }, pointer: "/globalBatchSize" },
  ])("$name", ({ change, pointer }) => {
    expect(estimateTraining(request(change))).toMatchObject({ ok: false, errors: [{ pointer }] });
  });
});
