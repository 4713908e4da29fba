import { describe, expect, it } from "vitest";
import { countParameters } from "../count-parameters.ts";
import { fromHfConfig } from "../from-hf-config.ts";
import { knownModelTypes } from "./families.ts";

const totalsOf = (config: Readonly<Record<string, unknown>>) => {
  const outcome = fromHfConfig(config);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
  return countParameters(outcome.value);
};

/** Element counts of the published checkpoints (buffers left out). */
const published = [
  { name: "GPT-2", config: { model_type: "gpt2" }, total: 124_439_808 },
  { name: "GPT-2 XL", config: { model_type: "gpt2", n_embd: 1600, n_layer: 48, n_head: 25 }, total: 1_557_611_200 },
  { name: "GPT-NeoX-20B", config: { model_type: "gpt_neox" }, total: 20_554_567_680 },
  { name: "GPT-J-6B", config: { model_type: "gptj" }, total: 6_050_882_784 },
  { name: "BLOOM", config: { model_type: "bloom", n_embed: 14_336, n_layer: 70, n_head: 112 }, total: 176_247_271_424 },
  { name: "BLOOM-560M", config: { model_type: "bloom", hidden_size: 1024, n_layer: 24, n_head: 16 }, total: 559_214_592 },
  {
    name: "MPT-7B",
    config: { model_type: "mpt", d_model: 4096, n_layers: 32, n_heads: 32, vocab_size: 50_432 },
    total: 6_649_286_656,
  },
  { name: "Falcon-7B", config: { model_type: "falcon" }, total: 6_921_720_704 },
  {
    name: "Falcon-40B",
    config: {
      model_type: "falcon",
      hidden_size: 8192,
      num_hidden_layers: 60,
      num_attention_heads: 128,
      num_kv_heads: 8,
      new_decoder_architecture: true,
    },
    total: 41_303_293_952,
  },
  { name: "OPT-125M", config: { model_type: "opt" }, total: 125_239_296 },
  {
    name: "Phi-2",
    config: { model_type: "phi", hidden_size: 2560, intermediate_size: 10_240, num_hidden_layers: 32, num_attention_heads: 32 },
    total: 2_779_683_840,
  },
  {
    name: "StarCoder",
    config: { model_type: "gpt_bigcode", n_embd: 6144, n_layer: 40, n_head: 48, n_positions: 8192, vocab_size: 49_152, n_inner: 24_576 },
    total: 15_517_456_384,
  },
  { name: "StarCoder2-3B", config: { model_type: "starcoder2" }, total: 3_030_371_328 },
  { name: "Gemma-7B", config: { model_type: "gemma" }, total: 8_537_680_896 },
  {
    name: "Kimi-Linear-48B-A3B",
    config: { model_type: "kimi_linear", linear_attn_config: { full_attn_layers: [4, 8, 12, 16, 20, 24, 27] } },
    total: 49_122_681_728,
  },
];

describe("published checkpoints", () => {
  it.each(published)("$name is counted to the last parameter", ({ config, total }) => {
    expect(totalsOf(config).total).toBe(total);
  });
});

describe("tensors added up by hand", () => {
  const h = 64;
  const vocabulary = 2 * 1000 * h;
  const small = { vocab_size: 1000, hidden_size: h, num_attention_heads: 4, num_key_value_heads: 2, head_dim: 16, intermediate_size: 128 };
  const mlp = 3 * h * 128;

  it("Qwen3.5: three layers of gated delta, one of gated attention", () => {
    const { total, byPart } = totalsOf({
      ...small,
      model_type: "qwen3_5_text",
      num_hidden_layers: 4,
      linear_num_key_heads: 2,
      linear_num_value_heads: 4,
      linear_key_head_dim: 8,
      linear_value_head_dim: 8,
    });
    const convolved = 2 * 2 * 8 + 4 * 8;
    const linear = (convolved + 32) * h + 2 * 4 * h + convolved * 4 + 2 * 4 + 8 + 32 * h;
    const full = 2 * 64 * h + 2 * 32 * h + 64 * h + 2 * 16;
    expect(total).toBe(vocabulary + h + 3 * linear + full + 4 * (mlp + 2 * h));
    expect(byPart.multiTokenPrediction).toBe(3 * h + 2 * h * h + full + mlp + 2 * h);
  });

  it("Gemma 4: global layers with wider heads whose keys are their values", () => {
    const { total } = totalsOf({
      ...small,
      model_type: "gemma4_text",
      num_hidden_layers: 6,
      global_head_dim: 32,
      num_global_key_value_heads: 1,
    });
    const sliding = 64 * h + 2 * 32 * h + 64 * h + 2 * 16;
    const global = 4 * 32 * h + 32 * h + 4 * 32 * h + 2 * 32;
    expect(total).toBe(vocabulary / 2 + h + 5 * sliding + global + 6 * (mlp + 4 * h + 1));
  });

  it("Granite 4: state spaces with experts and a shared block", () => {
    const { total } = totalsOf({
      ...small,
      model_type: "granitemoehybrid",
      num_hidden_layers: 2,
      layer_types: ["mamba", "attention"],
      num_local_experts: 4,
      num_experts_per_tok: 2,
      shared_intermediate_size: 32,
      mamba_n_heads: 8,
      mamba_d_head: 16,
      mamba_d_state: 10,
      mamba_n_groups: 1,
    });
    const convolved = 128 + 2 * 10;
    const mamba = (128 + convolved + 8) * h + convolved * 4 + convolved + 3 * 8 + 128 + 128 * h;
    const attention = 2 * 64 * h + 2 * 32 * h;
    expect(total).toBe(vocabulary + h + mamba + attention + 2 * (4 * mlp + 3 * 32 * h + 4 * h + 2 * h));
  });

  it("MiMo-V2: narrow values, sinks and twice the heads where it slides", () => {
    const { total } = totalsOf({
      ...small,
      model_type: "mimo_v2_flash",
      num_hidden_layers: 2,
      v_head_dim: 8,
      n_routed_experts: 4,
      num_experts_per_tok: 2,
      moe_intermediate_size: 32,
      hybrid_layer_pattern: [0, 1],
      moe_layer_freq: [0, 1],
    });
    const full = 64 * h + 2 * 16 * h + 2 * 8 * h + 32 * h;
    const sliding = 64 * h + 4 * 16 * h + 4 * 8 * h + 32 * h + 4;
    expect(total).toBe(vocabulary + h + full + mlp + sliding + 4 * 3 * h * 32 + 4 * h + 4 + 4 * h);
  });

  it("DeepSeek-V4: a compressed layer, an indexed one, four residual streams", () => {
    const { total } = totalsOf({
      model_type: "deepseek_v4",
      vocab_size: 1000,
      hidden_size: h,
      num_hidden_layers: 2,
      num_attention_heads: 4,
      head_dim: 16,
      q_lora_rank: 24,
      o_lora_rank: 8,
      o_groups: 2,
      compress_ratios: [128, 4, 0],
      index_n_heads: 2,
      index_head_dim: 8,
      n_routed_experts: 4,
      num_experts_per_tok: 2,
      moe_intermediate_size: 32,
      num_hash_layers: 1,
    });
    const attention = 24 * h + 24 + 64 * 24 + 16 * h + 16 + 16 * 32 + 16 * h + 4;
    const pooled = (width: number, overlap: number, ratio: number) => 2 * overlap * width * h + ratio * overlap * width + width;
    const indexer = 16 * 24 + 2 * h + pooled(8, 2, 4);
    const layer = 5 * 3 * h * 32 + 4 * h + 2 * h + 2 * (24 * 4 * h + 24 + 3);
    const head = 4 * 4 * h + 4 + 1;
    expect(total).toBe(vocabulary + h + head + 2 * attention + pooled(16, 1, 128) + pooled(16, 2, 4) + indexer + 2 * layer + 4);
  });

  it("Nemotron-H: each layer one block, experts in a latent space", () => {
    const { total } = totalsOf({
      ...small,
      model_type: "nemotron_h",
      hybrid_override_pattern: "*-E",
      n_routed_experts: 4,
      num_experts_per_tok: 2,
      moe_intermediate_size: 32,
      moe_shared_expert_intermediate_size: 48,
      moe_latent_size: 16,
    });
    const experts = 4 * 2 * 16 * 32 + 2 * 16 * h + 2 * 48 * h + 4 * h + 4;
    expect(total).toBe(vocabulary + h + (2 * 64 * h + 2 * 32 * h) + 2 * h * 128 + experts + 3 * h);
  });
});

it.each(knownModelTypes)("%s has the defaults of transformers where a config is silent", (modelType) => {
  const { total, byPart } = totalsOf({ model_type: modelType });
  expect(total).toBeGreaterThan(1e5);
  expect(Object.values(byPart).every((part) => Number.isSafeInteger(part) && part >= 0)).toBe(true);
});

it.each([
  {
    name: "Llama 4 attends in chunks of 8192 but for every fourth layer",
    type: "llama4_text",
    reach: [8192, undefined, 8192],
    counts: [3, 1, 3],
  },
  { name: "Gemma 3 slides in five layers of six", type: "gemma3_text", reach: [4096, undefined, 4096], counts: [5, 1, 5] },
  { name: "gpt-oss slides in every second layer", type: "gpt_oss", reach: [128, undefined, 128], counts: [1, 1, 1] },
])("$name", ({ type, reach, counts }) => {
  const outcome = fromHfConfig({ model_type: type });
  const groups = outcome.ok ? outcome.value.layers.slice(0, 3) : [];
  expect(groups.map(({ attention }) => (attention.kind === "grouped-query" ? attention.reach?.tokens : "other"))).toEqual(reach);
  expect(groups.map(({ count }) => count)).toEqual(counts);
});
