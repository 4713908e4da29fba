import { describe, expect, it } from "vitest";
import { type TrainingRequest, trainingRequest } from "../request/training-request.ts";
import { stageActivations } from "./activation-memory.ts";
import { trainingMemoryCoefficients } from "./data/training-memory-coefficients.ts";
import { estimateTraining } from "./estimate-training.ts";
import { outerStages } from "./rank-tensors.ts";
import { resolveTraining } from "./resolve-training.ts";

const answerTo = (request: object) => {
  const outcome = estimateTraining(trainingRequest.parse(request) as TrainingRequest);
  if (!outcome.ok) throw new Error(outcome.errors.map(({ pointer, detail }) => `${pointer} ${detail}`).join());
  return outcome.value;
};

const decoder = ({
  hidden,
  layers,
  heads,
  vocabulary = 51_200,
}: {
  hidden: number;
  layers: number;
  heads: number;
  vocabulary?: number;
}) => ({
  config: {
    model_type: "gpt_neox",
    hidden_size: hidden,
    num_hidden_layers: layers,
    num_attention_heads: heads,
    intermediate_size: 4 * hidden,
    vocab_size: vocabulary,
    max_position_embeddings: 2048,
    tie_word_embeddings: true,
    use_parallel_residual: false,
  },
});

const gpt3 = decoder({ hidden: 12_288, layers: 96, heads: 96 });
const turing530b = decoder({ hidden: 20_480, layers: 105, heads: 128 });
const megatron1t = decoder({ hidden: 25_600, layers: 128, heads: 160 });
const megatron22b = decoder({ hidden: 6144, layers: 48, heads: 64 });

/** Megatron-LM as the paper has it: before fused attention, with dropout. */
const ofThePaper = {
  framework: { name: "megatron", version: "2.6" },
  accelerator: { id: "a100-80gb" },
  sequenceLength: 2048,
  microBatchSize: 1,
  shard: "ddp",
  precision: "fp16-mixed",
};

const withinHalfPercent = (value: number, published: number) => expect(Math.abs(value / published - 1)).toBeLessThan(0.005);

describe("activations of the first stage (arXiv 2205.05198, Figure 1)", () => {
  it.each([
    { name: "GPT-3, all kept", model: gpt3, pipeline: 8, chunks: 3, batch: 64, sequence: false, gib: 66.843_75 },
    { name: "GPT-3, selective and sequence parallel", model: gpt3, pipeline: 8, chunks: 3, batch: 64, sequence: true, gib: 12.351_562_5 },
    { name: "Turing 530B, all kept", model: turing530b, pipeline: 35, chunks: 3, batch: 280, sequence: false, gib: 114.023_437_5 },
    {
      name: "Turing 530B, selective and sequence parallel",
      model: turing530b,
      pipeline: 35,
      chunks: 3,
      batch: 280,
      sequence: true,
      gib: 23.076_171_875,
    },
    { name: "Megatron 1T, all kept", model: megatron1t, pipeline: 64, chunks: 1, batch: 512, sequence: false, gib: 131.25 },
    {
      name: "Megatron 1T, selective and sequence parallel",
      model: megatron1t,
      pipeline: 64,
      chunks: 1,
      batch: 512,
      sequence: true,
      gib: 26.5625,
    },
  ])("$name: $gib GiB", ({ model, pipeline, chunks, batch, sequence, gib }) => {
    const { perAccelerator } = answerTo({
      ...ofThePaper,
      model,
      layout: {
        tensorParallelSize: 8,
        pipelineParallelSize: pipeline,
        virtualPipelineSize: chunks,
        sequenceParallel: sequence,
      },
      accelerators: 8 * pipeline,
      globalBatchSize: batch,
      recompute: sequence ? "selective" : "none",
    });
    withinHalfPercent(perAccelerator.activationGib, gib);
  });
});

describe("activations against tensor parallelism alone (arXiv 2205.05198, Figure 7)", () => {
  it.each([
    { name: "22B, sequence parallel", model: megatron22b, change: { sequence: true, recompute: "none" }, percent: 66.84 },
    { name: "22B, selective", model: megatron22b, change: { sequence: false, recompute: "selective" }, percent: 49.42 },
    { name: "22B, both", model: megatron22b, change: { sequence: true, recompute: "selective" }, percent: 16.18 },
    { name: "1T, sequence parallel", model: megatron1t, change: { sequence: true, recompute: "none" }, percent: 58.31 },
    { name: "1T, selective", model: megatron1t, change: { sequence: false, recompute: "selective" }, percent: 62.04 },
    { name: "1T, both", model: megatron1t, change: { sequence: true, recompute: "selective" }, percent: 20.27 },
  ])("$name keeps $percent %", ({ model, change, percent }) => {
    const kept = ({ sequence, recompute }: { sequence: boolean; recompute: string }) =>
      answerTo({
        ...ofThePaper,
        model,
        layout: { tensorParallelSize: 8, pipelineParallelSize: 2, sequenceParallel: sequence },
        accelerators: 16,
        globalBatchSize: 2,
        recompute,
      }).perAccelerator.activationGib;
    withinHalfPercent((100 * kept(change)) / kept({ sequence: false, recompute: "none" }), percent);
  });
});

/** Of a bar that was read off a figure. */
const widthOfTheBar = 0.012;

describe("full recomputation keeps each layer's input alone (arXiv 2205.05198, Figure 7)", () => {
  it.each([
    { name: "22B", model: megatron22b, percent: 7.64 },
    { name: "530B", model: turing530b, percent: 9.42 },
    { name: "1T", model: megatron1t, percent: 9.42 },
  ])("$name keeps $percent %", ({ model, percent }) => {
    const kept = (recompute: string) => {
      const run = resolveTraining(
        trainingRequest.parse({
          ...ofThePaper,
          model,
          layout: { tensorParallelSize: 8, sequenceParallel: false },
          accelerators: 8,
          globalBatchSize: 1,
          recompute,
        }),
      );
      if (!run.ok) throw new Error("the run resolves");
      const [stage] = outerStages(run.value.model, run.value.layout);
      return stage ? stageActivations(run.value, stage, trainingMemoryCoefficients).keptBytes : 0;
    };
    expect(Math.abs((100 * kept("full")) / kept("none") / percent - 1)).toBeLessThan(widthOfTheBar);
  });
});

describe("states by the published counts", () => {
  const statesBytesOf = (change: object, parameters: number) => {
    const { weightsGib, gradientsGib, optimizerGib } = answerTo({
      model: decoder({ hidden: 4096, layers: 36, heads: 32, vocabulary: 32_000 }),
      sequenceLength: 1024,
      microBatchSize: 1,
      globalBatchSize: 64,
      accelerator: { id: "a100-80gb" },
      accelerators: 64,
      ...change,
    }).perAccelerator;
    return ((weightsGib + gradientsGib + optimizerGib) * 2 ** 30) / parameters;
  };

  const parameters = answerParameters();

  it.each([
    { shard: "ddp", bytes: 120 / 7.5 },
    { shard: "zero-1", bytes: 31.4 / 7.5 },
    { shard: "zero-2", bytes: 16.6 / 7.5 },
    { shard: "zero-3", bytes: 1.9 / 7.5 },
  ])("$shard on 64 ranks: 7.5 billion parameters take $bytes GB a billion (arXiv 1910.02054, Figure 1)", ({ shard, bytes }) => {
    expect(statesBytesOf({ shard }, parameters)).toBeCloseTo(bytes, 1);
  });

  it("Megatron sums gradients in F32: 18 bytes, or 6 + 12/N with the distributed optimizer", () => {
    const framework = { name: "megatron" };
    withinHalfPercent(statesBytesOf({ framework, shard: "ddp" }, parameters), 18);
    withinHalfPercent(statesBytesOf({ framework, shard: "zero-1" }, parameters), 6 + 12 / 64);
  });

  it.each([
    { name: "ZeRO-2 on 8 ranks, 15.93 GiB for 2,851M", shard: "zero-2", ranks: 8, offload: [], bytes: (15.93 * 2 ** 30) / 2851e6 },
    {
      name: "ZeRO-2 with the optimizer on the host, 5.31 GiB",
      shard: "zero-2",
      ranks: 8,
      offload: ["optimizer"],
      bytes: (5.31 * 2 ** 30) / 2851e6,
    },
    { name: "ZeRO-3 on 4 ranks, 18 bytes spread", shard: "zero-3", ranks: 4, offload: [], bytes: 18 / 4 },
    { name: "ZeRO-3 with the optimizer on the host", shard: "zero-3", ranks: 4, offload: ["optimizer"], bytes: 2 / 4 },
    { name: "ZeRO-3 with all on the host", shard: "zero-3", ranks: 4, offload: ["optimizer", "parameters"], bytes: 0 },
  ])("DeepSpeed's estimator: $name", ({ shard, ranks, offload, bytes }) => {
    const states = statesBytesOf({ framework: { name: "deepspeed" }, shard, offload, accelerators: ranks }, parameters);
    expect(Math.abs(states - bytes)).toBeLessThanOrEqual(0.005 * bytes);
  });

  it("gradients of 8 bits take half the room of 16", () => {
    const ofBits = (gradientBits: number) => statesBytesOf({ shard: "ddp", gradientBits }, parameters);
    expect(ofBits(16) - ofBits(8)).toBeCloseTo(1, 4);
  });
});

function answerParameters(): number {
  const { perAccelerator } = answerTo({
    model: decoder({ hidden: 4096, layers: 36, heads: 32, vocabulary: 32_000 }),
    sequenceLength: 1024,
    microBatchSize: 1,
    globalBatchSize: 64,
    accelerator: { id: "a100-80gb" },
    accelerators: 64,
    shard: "ddp",
    precision: "fp32",
    optimizer: "sgd",
  });
  return perAccelerator.weightsGib * 2 ** 28;
}
