import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accelerators } from "../hardware/index.ts";
import { type TrainingRequest, trainingRequest } from "../request/training-request.ts";
import { bytesPerSecond } from "../units/index.ts";
import { trainingCoefficients } from "./data/training-coefficients.ts";
import { estimateRun } from "./estimate-run.ts";
import { resolveTraining } from "./resolve-training.ts";
import { trainingStepTime } from "./training-step-time.ts";
import { trainingStepWork } from "./training-step-work.ts";

const dense = {
  config: {
    model_type: "llama",
    hidden_size: 4096,
    num_hidden_layers: 32,
    num_attention_heads: 32,
    num_key_value_heads: 8,
    intermediate_size: 14_336,
    vocab_size: 128_256,
  },
};
const mixture = { id: "Qwen/Qwen3-30B-A3B" };

const size = (most: number) => fc.integer({ min: 0, max: most }).map((power) => 2 ** power);

/** Requests whose sizes are powers of two and divide one another. */
const requests: fc.Arbitrary<TrainingRequest> = fc
  .record({
    model: fc.constantFrom(dense, mixture),
    tensor: size(2),
    pipeline: size(2),
    context: size(1),
    replicas: size(4),
    chunks: fc.constantFrom(1, 2),
    micro: size(3),
    batches: size(4),
    sequence: size(5),
    shard: fc.constantFrom("ddp", "zero-1", "zero-2", "zero-3", "fsdp"),
    recompute: fc.constantFrom("none", "selective", "full"),
    precision: fc.constantFrom("bf16-mixed", "bf16", "fp8-mixed", "nvfp4-mixed"),
    method: fc.constantFrom("full", "lora", "qlora"),
    optimizer: fc.constantFrom("adamw", "adamw-8bit", "sgd", "muon"),
    accelerator: fc.constantFrom(...accelerators.filter(({ peak }) => peak.bf16 ?? peak.fp16 ?? peak.fp32).map(({ id }) => id)),
  })
  .map(({ model, tensor, pipeline, context, replicas, chunks, micro, batches, sequence, accelerator, ...rest }) =>
    trainingRequest.parse({
      ...rest,
      model,
      layout: {
        tensorParallelSize: tensor,
        pipelineParallelSize: pipeline,
        contextParallelSize: context,
        virtualPipelineSize: pipeline > 1 ? chunks : 1,
      },
      accelerator: { id: accelerator },
      accelerators: tensor * pipeline * context * replicas,
      microBatchSize: micro,
      globalBatchSize: micro * replicas * batches,
      sequenceLength: 512 * sequence,
    }),
  );

const answerTo = (request: TrainingRequest) => {
  const outcome = estimateRun(request);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
  return outcome.value;
};

const holdsFor = (property: (request: TrainingRequest) => void) => fc.assert(fc.property(requests, property), { numRuns: 60, seed: 1 });

describe("whatever the run", () => {
  it("never computes above the peak, and its parts add up to the step", () => {
    holdsFor((request) => {
      const { mfu, timeParts, stepSeconds } = answerTo(request);
      expect(mfu).toBeGreaterThan(0);
      expect(mfu).toBeLessThan(1);
      const parts = Object.values(timeParts);
      expect(Math.min(...parts)).toBeGreaterThanOrEqual(0);
      expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(stepSeconds, 3);
    });
  });

  it("a longer sequence or a larger micro-batch never needs less memory", () => {
    holdsFor((request) => {
      const { totalGib } = answerTo(request).perAccelerator;
      const longer = answerTo({ ...request, sequenceLength: request.sequenceLength * 2 });
      const wider = answerTo({ ...request, microBatchSize: request.microBatchSize * 2, globalBatchSize: request.globalBatchSize * 2 });
      expect(longer.perAccelerator.totalGib).toBeGreaterThanOrEqual(totalGib);
      if (request.shard !== "fsdp") expect(wider.perAccelerator.totalGib).toBeGreaterThanOrEqual(totalGib);
    });
  });

  it("more micro-batches never leave a larger share of the pipeline idle", () => {
    holdsFor((request) => {
      const shareIdle = (asked: TrainingRequest) => {
        const { pipelineBubble = 0, matrices = 0 } = answerTo(asked).timeParts;
        return pipelineBubble / matrices;
      };
      expect(shareIdle({ ...request, globalBatchSize: request.globalBatchSize * 2 })).toBeLessThanOrEqual(shareIdle(request) * 1.0001);
    });
  });

  it("a wider link and faster memory never slow it down", () => {
    holdsFor((request) => {
      const run = resolveTraining(request);
      if (!run.ok) throw new Error("the run resolves");
      const secondsOf = (wider: number) => {
        const { accelerator } = run.value;
        const bandwidth = accelerator.scaleUp.bandwidth;
        const faster = {
          ...run.value,
          accelerator: {
            ...accelerator,
            memoryBandwidth: bytesPerSecond(accelerator.memoryBandwidth * wider),
            scaleUp: { ...accelerator.scaleUp, ...(bandwidth ? { bandwidth: bytesPerSecond(bandwidth * wider) } : {}) },
          },
        };
        return trainingStepTime(faster, trainingStepWork(faster), trainingCoefficients).total;
      };
      expect(secondsOf(2)).toBeLessThanOrEqual(secondsOf(1) * (1 + 1e-9));
    });
  });

  it("has a band around its speed and its memory", () => {
    holdsFor((request) => {
      const { interval, tokensPerSecondPerAccelerator, perAccelerator } = answerTo(request);
      expect(interval.tokensPerSecondPerAccelerator[0]).toBeLessThanOrEqual(tokensPerSecondPerAccelerator);
      expect(interval.tokensPerSecondPerAccelerator[1]).toBeGreaterThanOrEqual(tokensPerSecondPerAccelerator);
      expect(interval.totalGib[0]).toBeLessThanOrEqual(perAccelerator.totalGib);
      expect(interval.totalGib[1]).toBeGreaterThanOrEqual(perAccelerator.totalGib);
    });
  });
});
