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
  const { totalGib, visibleGib: _, reservedGib: __, ...parts } = answer.perAccelerator;
  expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBeCloseTo(totalGib, 4);
});

describe("what costs what", () => {
  it("recomputing everything keeps far less and computes up to a third more", () => {
    const [kept, recomputed] = [answerTo({ recompute: "selective" }), answerTo({ recompute: "full" })];
    expect(recomputed.perAccelerator.activationGib).toBeLessThan(kept.perAccelerator.activationGib / 5);
    const { matrices = 0, recompute = 0 } = recomputed.timeParts;
    expect(recompute).toBeGreaterThan(matrices / 3);
    expect(recomputed.stepSeconds / kept.stepSeconds).toBeLessThan(4 / 3);
  });

  it("a pipeline of 4 with 64 micro-batches idles 3/64 of the time", () => {
    const { timeParts } = answerTo({ layout: { pipelineParallelSize: 4 }, globalBatchSize: 1024 });
    const { pipelineBubble = 0, dataCollectives: _, optimizer: __, offload: ___, ...busy } = timeParts;
    expect(pipelineBubble / Object.values(busy).reduce((sum, part) => sum + part, 0)).toBeCloseTo(3 / 64, 3);
  });

  it("twice the tokens take twice the days", () => {
    expect((answerTo({ tokens: 2e12 }).days ?? 0) / (answerTo({ tokens: 1e12 }).days ?? 1)).toBeCloseTo(2, 3);
  });
});

describe("mixtures of experts and sketches", () => {
  const deepseek = { model: { id: "deepseek-ai/DeepSeek-V3" }, accelerators: 256, globalBatchSize: 4096, sequenceLength: 4096 };

  it("expert parallelism spreads the experts, not the rest", () => {
    const weights = (expertParallelSize: number) =>
      answerTo({ ...deepseek, layout: { expertParallelSize }, recompute: "full" }).perAccelerator.weightsGib;
    const [whole, spread] = [weights(1), weights(64)];
    // 653.9 of the 671.0 billion are routed experts.
    expect((whole - spread) / whole).toBeCloseTo(((653.9 / 671) * 63) / 64, 2);
  });

  it("tokens that cross nodes cost more than those that stay", () => {
    const layout = { expertParallelSize: 32 };
    const [inside, across] = [64, 8].map((nodeSize) => answerTo({ ...deepseek, layout, nodeSize, accelerator: { id: "h100-sxm" } }));
    expect(across?.timeParts.expertCollectives).toBeGreaterThan(2 * (inside?.timeParts.expertCollectives ?? 0));
  });

  it("a sketch has its states exact from counts, and says which shape was assumed", () => {
    const { perAccelerator, assumptions } = answerTo({ model: { sketch: { parameters: 70e9 } }, shard: "ddp" });
    const { weightsGib, gradientsGib, optimizerGib } = perAccelerator;
    expect((weightsGib + gradientsGib + optimizerGib) * 2 ** 30).toBeCloseTo(16 * 70e9, -6);
    expect(assumptions.shapeAssumed).toContain("layers");
  });
});

describe("refusals name the field", () => {
  it.each([
    { name: "experts that a dense model lacks", change: { layout: { expertParallelSize: 2 } }, pointer: "/layout/expertParallelSize" },
    { name: "heads that do not divide", change: { layout: { tensorParallelSize: 64 } }, pointer: "/layout/tensorParallelSize" },
    { name: "more stages than layers", change: { layout: { pipelineParallelSize: 64 } }, pointer: "/layout/pipelineParallelSize" },
    {
      name: "more chunks than layers",
      change: { layout: { pipelineParallelSize: 8, virtualPipelineSize: 8 } },
      pointer: "/layout/virtualPipelineSize",
    },
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
