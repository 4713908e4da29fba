import { describe, expect, it } from "vitest";
import { type TrainingRequest, trainingRequest } from "../request/training-request.ts";
import { estimateTraining } from "./estimate-training.ts";

const request = (change: object = {}): TrainingRequest =>
  trainingRequest.parse({
    model: { id: "meta-llama/Llama-3.1-70B" },
    sequenceLength: 8192,
    microBatchSize: 4,
    globalBatchSize: 256,
    accelerator: { id: "h100-sxm" },
    accelerators: 64,
    recompute: "none",
    layout: { tensorParallelSize: 8 },
    ...change,
  });

const answerTo = (change: object = {}) => {
  const outcome = estimateTraining(request(change));
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
  return outcome.value;
};

const framework = { name: "megatron" };

describe("what would make a run fit", () => {
  it("says nothing where it fits already", () => {
    expect(answerTo({ recompute: "full", microBatchSize: 1 })).toMatchObject({ verdict: "fits", reasons: [] });
    expect(answerTo({ recompute: "full", microBatchSize: 1 }).remedies).toBeUndefined();
  });

  it.each([
    { change: 'recompute "full"', asked: { recompute: "full" } },
    { change: 'shard "zero-3"', asked: { shard: "zero-3" } },
    { change: "microBatchSize 2", asked: { microBatchSize: 2 } },
    { change: "chunkedLoss", asked: { chunkedLoss: true } },
    { change: "offload activations", asked: { offload: ["activations"] } },
    { change: "accelerators 128", asked: { accelerators: 128 } },
  ])("$change saves what asking again says", ({ change, asked }) => {
    const before = answerTo({ framework });
    const after = answerTo({ framework, ...asked });
    const remedy = before.remedies?.find((one) => one.change === change);
    const saved = before.perAccelerator.totalGib - after.perAccelerator.totalGib;
    expect(before.verdict).toBe("does-not-fit");
    expect(remedy).toMatchObject({ verdict: after.verdict });
    expect(remedy?.gibSaved).toBeCloseTo(saved, 3);
  });

  it("puts what fits first, and of that what costs least speed", () => {
    const remedies = answerTo().remedies ?? [];
    const rank = { fits: 0, marginal: 1, "does-not-fit": 2 };
    expect(remedies.length).toBeGreaterThan(3);
    expect(remedies.map(({ verdict }) => rank[verdict])).toEqual(remedies.map(({ verdict }) => rank[verdict]).sort());
    const costs = remedies.filter(({ verdict }) => verdict === "fits").map(({ speedCost = 0 }) => speedCost);
    expect([...costs].sort((a, b) => a - b)).toEqual(costs);
  });

  it("a share kept free counts against what is visible", () => {
    const kept = answerTo({ recompute: "full", microBatchSize: 1, reserve: { memoryShare: 0.9, computeShare: 0.5 } });
    expect(kept.perAccelerator.reservedGib).toBeCloseTo(kept.perAccelerator.visibleGib * 0.9, 3);
    expect(kept.verdict).toBe("does-not-fit");
    const free = answerTo({ recompute: "full", microBatchSize: 1 });
    expect(kept.tokensPerSecondPerAccelerator / free.tokensPerSecondPerAccelerator).toBeCloseTo(0.5, 3);
  });
});

describe("methods and options", () => {
  it("LoRA trains adapters alone, QLoRA holds the rest in 4 bits", () => {
    const [full, lora, qlora] = ["full", "lora", "qlora"].map((method) => answerTo({ method }).perAccelerator);
    expect(lora?.optimizerGib).toBeLessThan((full?.optimizerGib ?? 0) / 50);
    expect(qlora?.weightsGib).toBeLessThan((lora?.weightsGib ?? 0) / 3);
  });

  it.each([
    { optimizer: "adamw", bytes: 12 },
    { optimizer: "adamw-8bit", bytes: 4 + 2 * (1 + 4 / 256) },
    { optimizer: "sgd", bytes: 4 },
  ])("$optimizer keeps $bytes bytes beside each weight", ({ optimizer, bytes }) => {
    const { weightsGib, optimizerGib } = answerTo({ optimizer, shard: "ddp" }).perAccelerator;
    expect(optimizerGib / (weightsGib / 2)).toBeCloseTo(bytes, 3);
  });

  it("Muon keeps one moment for matrices: between 8 and 12 bytes", () => {
    const { weightsGib, optimizerGib } = answerTo({ optimizer: "muon", shard: "ddp" }).perAccelerator;
    expect(optimizerGib / (weightsGib / 2)).toBeGreaterThan(8);
    expect(optimizerGib / (weightsGib / 2)).toBeLessThan(8.5);
  });

  it("padding computes tokens that nobody needs", () => {
    const [packed, padded] = [answerTo({ tokens: 1e9 }), answerTo({ tokens: 1e9, packing: false })];
    expect((padded.days ?? 0) / (packed.days ?? 1)).toBeCloseTo(60 / 25.5, 2);
  });

  it("fewer gradient bits shorten what ranks exchange", () => {
    const [wide, narrow] = [answerTo({ gradientBits: 32 }), answerTo({ gradientBits: 1 })];
    expect(narrow.timeParts.dataCollectives).toBeLessThan(wide.timeParts.dataCollectives ?? 0);
    expect(narrow.perAccelerator.gradientsGib).toBeCloseTo(wide.perAccelerator.gradientsGib / 32, 4);
  });
});
