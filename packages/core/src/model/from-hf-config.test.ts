import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countParameters } from "./count-parameters.ts";
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

  it("never throws, whatever a config holds", () => {
    const modelType = fc.constantFrom("llama", "deepseek_v3", "qwen3_moe", "mixtral", "gemma2");
    const hostile = fc.dictionary(
      fc.constantFrom(
        "hidden_size",
        "num_hidden_layers",
        "vocab_size",
        "q_lora_rank",
        "quantization_config",
        "text_config",
        "mlp_only_layers",
      ),
      fc.anything(),
    );
    fc.assert(fc.property(modelType, hostile, (type, fields) => typeof fromHfConfig({ model_type: type, ...fields }).ok === "boolean"));
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
