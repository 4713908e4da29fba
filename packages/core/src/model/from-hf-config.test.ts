import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countParameters } from "./count-parameters.ts";
import { knownModelTypes } from "./families/families.ts";
import { fromHfConfig } from "./from-hf-config.ts";

const llama = {
  model_type: "llama",
  hidden_size: 4096,
  num_hidden_layers: 32,
  num_attention_heads: 32,
  num_key_value_heads: 8,
  intermediate_size: 14_336,
  vocab_size: 128_256,
};

const pointersOf = (config: Record<string, unknown>) => {
  const outcome = fromHfConfig(config);
  return outcome.ok ? [] : outcome.errors.map(({ pointer }) => pointer);
};

describe("refusals", () => {
  it.each([
    { name: "no model_type", config: {}, pointer: "/model_type" },
    { name: "an unknown architecture", config: { model_type: "quantum_transformer" }, pointer: "/model_type" },
    { name: "a prototype key as architecture", config: { model_type: "__proto__" }, pointer: "/model_type" },
    { name: "negative layers", config: { ...llama, num_hidden_layers: -1 }, pointer: "/num_hidden_layers" },
    { name: "a huge vocabulary", config: { ...llama, vocab_size: 1e30 }, pointer: "/vocab_size" },
    { name: "a text for a number", config: { ...llama, hidden_size: "4096" }, pointer: "/hidden_size" },
    {
      name: "an unknown quantization",
      config: { ...llama, quantization_config: { quant_method: "magic" } },
      pointer: "/quantization_config/quant_method",
    },
    { name: "an unknown dtype", config: { ...llama, torch_dtype: "constructor" }, pointer: "/torch_dtype" },
  ])("names the field for $name", ({ config, pointer }) => {
    expect(pointersOf(config)).toEqual([pointer]);
  });

  it("names what was asked and the nearest that is known", () => {
    const outcome = fromHfConfig({ model_type: "qwen3_mo" });
    expect(outcome).toMatchObject({ ok: false, errors: [{ detail: expect.stringContaining("qwen3_moe") }] });
  });

  it("never throws and never counts wrongly, whatever a config of any family holds", () => {
    const field = fc.constantFrom(
      ...["hidden_size", "num_hidden_layers", "vocab_size", "q_lora_rank", "quantization_config", "text_config", "mlp_only_layers"],
      ...["num_attention_heads", "num_key_value_heads", "head_dim", "layer_types", "n_embd", "attn_config", "linear_attn_config"],
      ...["num_experts", "num_local_experts", "num_experts_per_tok", "hybrid_override_pattern", "compress_ratios", "__proto__"],
      ...["sparse_attention_config", "moe_layer_freq", "num_nextn_predict_layers", "sliding_window", "dtype", "constructor"],
    );
    const value = fc.oneof(fc.anything(), fc.integer(), fc.constantFrom(0, -1, 1e300, Number.NaN, null, "", [], {}, 1e9));
    fc.assert(
      fc.property(fc.constantFrom(...knownModelTypes), fc.dictionary(field, value), (type, fields) => {
        const outcome = fromHfConfig({ model_type: type, ...fields });
        return outcome.ok ? countParameters(outcome.value).total > 0 : outcome.errors.every(({ pointer }) => pointer.startsWith("/"));
      }),
      { numRuns: 500 },
    );
  });

  it("refuses more active experts than there are", () => {
    expect(pointersOf({ model_type: "mixtral", num_experts_per_tok: 9 })).toEqual(["/num_experts_per_tok"]);
  });
});

describe("reading", () => {
  it("takes the defaults of the model type for absent and null fields", () => {
    const outcome = fromHfConfig({ model_type: "llama", num_key_value_heads: null });
    expect(outcome.ok && countParameters(outcome.value).total).toBe(6_738_415_616);
  });

  it("reads the language model of a multimodal config and says what it leaves out", () => {
    const outcome = fromHfConfig({ model_type: "llava", text_config: llama, vision_config: {} });
    expect(outcome).toMatchObject({ ok: true, value: { modelType: "llama", absent: ["vision_config"] } });
  });

  it("says that a trimmed multimodal config leaves its towers out", () => {
    const outcome = fromHfConfig({ model_type: "llama4_text", architectures: ["Llama4ForConditionalGeneration"] });
    expect(outcome).toMatchObject({ ok: true, value: { absent: ["towers that the config does not describe"] } });
  });

  it("knows a model of a known family that nobody bundled", () => {
    const outcome = fromHfConfig({ ...llama, num_hidden_layers: 16, tie_word_embeddings: true });
    expect(outcome.ok && countParameters(outcome.value).total).toBe(
      128_256 * 4096 + 16 * (2 * 4096 * 4096 + 2 * 1024 * 4096 + 3 * 4096 * 14_336 + 2 * 4096) + 4096,
    );
  });

  it("gives Gemma 2 a window in every second layer", () => {
    const outcome = fromHfConfig({ model_type: "gemma2", num_hidden_layers: 4 });
    const windows = outcome.ok
      ? outcome.value.layers.map(({ attention }) => ("reach" in attention ? attention.reach?.tokens : undefined))
      : [];
    expect(windows).toEqual([4096, undefined, 4096, undefined]);
  });
});
