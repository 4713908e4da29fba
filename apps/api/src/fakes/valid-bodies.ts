import { invariant, type Plan } from "@headroom/core";
import { sampleCatalog, sampleRequest } from "@headroom/db/test-database";
import { inProcessSolver } from "./plan-in-process.ts";

const model = { id: "meta-llama/Llama-3.1-8B" };
const accelerator = { id: "h100-sxm" };
const engine = { name: "vllm", version: "0.19", gpuMemoryUtilization: 0.9, maxModelLen: 8192, maxNumSeqs: 64, maxNumBatchedTokens: 8192 };
const layout = { tensorParallelSize: 2, pipelineParallelSize: 1, dataParallelSize: 1, expertParallel: false };

/** The shape of a small model, in a config.json's own words. */
const config = {
  model_type: "llama",
  hidden_size: 4096,
  intermediate_size: 14336,
  num_hidden_layers: 32,
  num_attention_heads: 32,
  num_key_value_heads: 8,
  vocab_size: 128256,
  max_position_embeddings: 131072,
  tie_word_embeddings: false,
  torch_dtype: "bfloat16",
};

const workload = { islTokens: 1000, oslTokens: 200, prefixHitShare: 0.1, requestRatePerSecond: 2, burstiness: 1 };

const benchmark = {
  model_id: "meta-llama/Llama-3.1-8B",
  date: "20260730-120000",
  request_rate: "inf",
  max_concurrency: 16,
  completed: 100,
  failed: 0,
  total_input_tokens: 100_000,
  total_output_tokens: 20_000,
  request_throughput: 5,
  output_throughput: 1000,
  mean_ttft_ms: 80,
  mean_tpot_ms: 12,
};

const mean = (value: number) => ({ successful: { mean: value } });

const sweep = {
  benchmarks: [
    {
      config: { strategy: { type_: "concurrent", streams: 8 } },
      start_time: 1_785_400_000,
      metrics: {
        request_totals: { successful: 100, errored: 1 },
        prompt_token_count: mean(1000),
        output_token_count: mean(200),
        output_tokens_per_second: mean(900),
        request_concurrency: mean(7.9),
        time_to_first_token_ms: mean(45),
        inter_token_latency_ms: mean(9.5),
      },
    },
  ],
};

/** A body for every POST and PUT that is answered with a success. */
export const validBodies = async (): Promise<Readonly<Record<string, readonly unknown[]>>> => {
  const plan = await realPlan();
  return {
    "/v1/memory-estimates": [
      { model, precision: { weights: "fp8", kvCache: "fp8" }, layout, engine, accelerator, reserve: { memoryShare: 0.1 }, concurrency: 8 },
      { model: { config }, accelerator: { id: "l40s", memoryGib: 44.5 } },
    ],
    "/v1/performance-estimates": [
      { model, layout, engine, accelerator, nodeSize: 8, workload },
      { model: { config }, accelerator, workload: { islTokens: 10, oslTokens: 10, concurrency: 4 } },
    ],
    "/v1/training-estimates": [
      {
        model,
        sequenceLength: 4096,
        microBatchSize: 1,
        globalBatchSize: 256,
        accelerator,
        accelerators: 64,
        nodeSize: 8,
        shard: "zero-1",
        layout: { tensorParallelSize: 2 },
        tokens: 1e9,
      },
    ],
    "/v1/mixes": [
      {
        machines: [{ id: "A10G", usdPerHour: 1.01, max: 20, requestsPerSecond: [[4.2, 1.9]] }],
        demand: { distribution: [[0.5, 0.5]], requestRatePerSecond: 30 },
        routing: "divisible",
      },
    ],
    "/v1/plans": [
      {
        name: "a plan",
        ...sampleRequest(),
        purchase: { spotMaxShare: 0.5, horizonHours: 8760 },
        market: { catalog: "bundled" },
        limits: { gap: 0.01 },
      },
    ],
    "/v1/frontiers": [{ plan: sampleRequest(), axis: "spot-share", values: [0, 0.5] }],
    "/v1/scenarios": [
      { plan: sampleRequest(), demandP90Factor: 1.5 },
      { plan: sampleRequest(), scenarios: [{ name: "dear", demandFactor: 1.2, priceFactors: { spot: 2 } }] },
    ],
    "/v1/verifications": [plan],
    "/v1/measurements": [
      { model, accelerator, layout, engine, precision: { weights: "fp8" }, measuredAt: "2026-07-30", result: [benchmark, benchmark] },
      { model, accelerator, format: "guidellm", workload: { islTokens: 100, concurrency: 8 }, result: sweep },
    ],
    "/v1/plans/{id}/schedule": [{ cron: "0 6 * * MON", timeZone: "Europe/Berlin", switchThresholdShare: 0.05, enabled: true }],
    "/v1/catalogs": [sampleCatalog({ id: "mine", prices: { a: "4.00", b: "5.00" } })],
  };
};

const realPlan = async (): Promise<Plan> => {
  const plan = await inProcessSolver.plan(sampleRequest(), sampleCatalog());
  invariant(plan.ok, "the sample request can be planned");
  return plan.value;
};
