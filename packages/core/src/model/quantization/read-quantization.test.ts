import { describe, expect, it } from "vitest";
import { findBundledModel } from "../bundled-models.ts";
import { servedTensors } from "../count-parameters.ts";
import { fromHfConfig } from "../from-hf-config.ts";
import { storedBytes } from "../scale-elements.ts";
import { coveredRoles } from "./covered-roles.ts";

const qwen = { model_type: "qwen3_moe", num_hidden_layers: 4 };

const formatsOf = (quantization_config: unknown, config: Readonly<Record<string, unknown>> = qwen) => {
  const outcome = fromHfConfig({ ...config, quantization_config });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
  const { attention, dense, routedExperts, embeddings } = outcome.value.storedFormats.byRole;
  return [attention.format, dense.format, routedExperts.format, embeddings.format];
};

describe("methods", () => {
  const scheme = (weights: object, targets = ["Linear"]) => ({
    quant_method: "compressed-tensors",
    config_groups: { a: { targets, weights } },
  });
  it.each([
    { name: "fp8 narrows linears, not the embedding", config: { quant_method: "fp8" }, formats: ["fp8", "fp8", "fp8", "bf16"] },
    { name: "awq", config: { quant_method: "awq", bits: 4, group_size: 128 }, formats: ["int4", "int4", "int4", "bf16"] },
    { name: "8-bit gptq", config: { quant_method: "gptq", bits: 8 }, formats: ["int8", "int8", "int8", "bf16"] },
    {
      name: "bitsandbytes in 8 bits",
      config: { quant_method: "bitsandbytes", load_in_8bit: true },
      formats: ["int8", "int8", "int8", "bf16"],
    },
    {
      name: "bitsandbytes in 4 bits",
      config: { quant_method: "bitsandbytes", load_in_4bit: true },
      formats: ["int4", "int4", "int4", "bf16"],
    },
    {
      name: "modelopt NVFP4 with attention left wide",
      config: { quant_method: "modelopt", quant_algo: "NVFP4", ignore: ["lm_head", "model.layers.*.self_attn*"] },
      formats: ["bf16", "nvfp4", "nvfp4", "bf16"],
    },
    {
      name: "mxfp4 with modules not converted",
      config: { quant_method: "mxfp4", modules_to_not_convert: ["model.layers.*.self_attn", "model.layers.*.mlp.router", "lm_head"] },
      formats: ["bf16", "mxfp4", "mxfp4", "bf16"],
    },
    {
      name: "compressed-tensors INT4 on routed experts only",
      config: {
        ...scheme({ num_bits: 4, type: "int", group_size: 32, strategy: "group" }),
        ignore: ["lm_head", "re:.*self_attn.*", "re:.*shared_experts.*", "re:.*mlp\\.(gate|up|gate_up|down)_proj.*"],
      },
      formats: ["bf16", "bf16", "int4", "bf16"],
    },
    {
      name: "compressed-tensors FP8",
      config: scheme({ num_bits: 8, type: "float", strategy: "channel" }),
      formats: ["fp8", "fp8", "fp8", "bf16"],
    },
    {
      name: "compressed-tensors NVFP4",
      config: scheme({ num_bits: 4, type: "float", group_size: 16 }),
      formats: ["nvfp4", "nvfp4", "nvfp4", "bf16"],
    },
    {
      name: "compressed-tensors groups that name their modules",
      config: scheme({ num_bits: 8, type: "int" }, ["re:.*self_attn.*"]),
      formats: ["int8", "bf16", "bf16", "bf16"],
    },
    { name: "quark", config: { quant_method: "quark" }, formats: ["mxfp4", "mxfp4", "mxfp4", "bf16"] },
  ])("$name", ({ config, formats }) => {
    expect(formatsOf(config)).toEqual(formats);
  });
});

describe("lists of modules", () => {
  const eachLayer = (layers: number) => Array.from({ length: layers }, (_, layer) => `model.layers.${layer}.self_attn.attn`);
  it.each([
    { name: "one layer of many stays an exception", patterns: ["model.layers.0.self_attn"], covered: [] },
    { name: "all layers one by one cover a part", patterns: eachLayer(4), covered: ["attention"] },
    { name: "one projection is not the whole attention", patterns: ["re:.*self_attn.kv_b_proj"], covered: [] },
    { name: "a router is no expert", patterns: ["model.layers.*.mlp.gate", "gate", "e_score_correction_bias"], covered: [] },
    { name: "a hostile pattern is read, never run", patterns: [`re:(a+)+${"a".repeat(900)}$`], covered: [] },
  ])("$name", ({ patterns, covered }) => {
    expect([...coveredRoles(patterns, 4)]).toEqual(covered);
  });
});

const servedBytes = (id: string): number => {
  const model = findBundledModel(id);
  if (!model.ok) throw new Error(`${id} is bundled`);
  return servedTensors(model.value).reduce((sum, tensor) => sum + storedBytes(tensor, model.value.storedFormats), 0);
};

it("gpt-oss-20b stores 13,761,264,768 bytes: 1,804,459,584 elements in bf16 and 19,110,297,600 at 4.25 bits", () => {
  expect(servedBytes("openai/gpt-oss-20b")).toBe(13_761_264_768);
});

it("Kimi-K2.5 holds its experts in INT4: eight ranks hold 72 GiB each, as measured", () => {
  expect(servedBytes("moonshotai/Kimi-K2.5") / 8 / 2 ** 30).toBeCloseTo(70, -1);
});
