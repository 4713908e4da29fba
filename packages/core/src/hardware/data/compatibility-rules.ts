import type { EngineName } from "../../request/engine.ts";
import type { AcceleratorFamily } from "../accelerator.ts";
import type { CompatibilityRule, SoftwareStack } from "../compatibility.ts";

const vllmTable = "https://docs.vllm.ai/en/v0.14.0/features/quantization/ (supported hardware, read 2026-11)";
const vllmFp8 = "https://docs.vllm.ai/en/v0.32.0/features/quantization/llm_compressor/fp8/ (read 2026-11)";
const vllmPlugins = "https://docs.vllm.ai/en/stable/getting_started/installation/ (general knowledge, not looked up: verify there)";
const sglangTable = "https://docs.sglang.ai/advanced_features/quantization.html (general knowledge, not looked up: verify there)";
const tensorRtTable = "https://nvidia.github.io/TensorRT-LLM/0.19.0/reference/support-matrix.html (read 2026-11)";
const tensorRtFormats = "https://nvidia.github.io/TensorRT-LLM/features/quantization.html (read 2026-11)";
const modelOptTable =
  "https://nvidia.github.io/TensorRT-Model-Optimizer/guides/0_support_matrix.html (FP4: Blackwell and later; read 2026-11)";
const transformersTable = "https://huggingface.co/docs/transformers/quantization/overview (general knowledge, not looked up: verify there)";

const blackwells = ["blackwell", "blackwell-workstation"] as const;
const instincts = ["cdna3", "cdna4"] as const;
const others = ["tpu", "gaudi", "neuron", "davinci"] as const;
const withBf16 = ["ampere", "ampere-soc", "ada", "hopper", ...blackwells, "cdna2", ...instincts] as const;
const everywhere: readonly AcceleratorFamily[] = ["volta", "turing", ...withBf16, ...others];

const sixteenBits = (engine: EngineName, families: readonly AcceleratorFamily[], source: string): CompatibilityRule[] => [
  { engine, families, formats: ["fp16", "fp32"], runs: "native", source },
  { engine, families, formats: ["bf16"], runs: "native", source },
];

const vllm: readonly CompatibilityRule[] = [
  ...sixteenBits("vllm", everywhere, vllmPlugins),
  { engine: "vllm", families: ["ada", "hopper", ...blackwells, ...instincts], formats: ["fp8"], runs: "native", source: vllmFp8 },
  {
    engine: "vllm",
    families: ["turing", "ampere", "ampere-soc"],
    formats: ["fp8"],
    runs: "weights-only",
    by: "FP8 Marlin (W8A16)",
    source: vllmFp8,
  },
  { engine: "vllm", families: ["gaudi", "neuron"], formats: ["fp8"], runs: "native", source: vllmPlugins },
  {
    engine: "vllm",
    families: ["turing", "ampere", "ada", "hopper", "tpu", "neuron", "davinci"],
    formats: ["int8"],
    runs: "native",
    source: vllmTable,
  },
  {
    engine: "vllm",
    families: [...blackwells, "ampere-soc", "volta"],
    formats: ["int8"],
    runs: "weights-only",
    by: "GPTQ kernels (W8A16)",
    source: vllmTable,
  },
  {
    engine: "vllm",
    families: ["volta", "turing", "ampere", "ampere-soc", "ada", "hopper", ...blackwells, ...instincts],
    formats: ["int4"],
    runs: "weights-only",
    by: "GPTQ or AWQ kernels, Marlin from Ampere on (W4A16)",
    source: vllmTable,
  },
  { engine: "vllm", families: blackwells, formats: ["nvfp4", "mxfp4"], runs: "native", source: modelOptTable },
  { engine: "vllm", families: ["cdna4"], formats: ["mxfp4"], runs: "native", source: vllmTable },
  {
    engine: "vllm",
    families: ["ampere", "ada", "hopper", "cdna3"],
    formats: ["mxfp4"],
    runs: "weights-only",
    by: "Marlin or Triton (W4A16)",
    source: vllmTable,
  },
];

const sglang: readonly CompatibilityRule[] = [
  ...sixteenBits("sglang", ["turing", "ampere", "ampere-soc", "ada", "hopper", ...blackwells, ...instincts, "tpu", "davinci"], sglangTable),
  { engine: "sglang", families: ["ada", "hopper", ...blackwells, ...instincts], formats: ["fp8"], runs: "native", source: sglangTable },
  {
    engine: "sglang",
    families: ["ampere", "ampere-soc"],
    formats: ["fp8"],
    runs: "weights-only",
    by: "FP8 Marlin (W8A16)",
    source: sglangTable,
  },
  { engine: "sglang", families: ["ampere", "ada", "hopper", "davinci"], formats: ["int8"], runs: "native", source: sglangTable },
  {
    engine: "sglang",
    families: ["turing", "ampere", "ampere-soc", "ada", "hopper", ...blackwells, ...instincts],
    formats: ["int4"],
    runs: "weights-only",
    by: "AWQ or GPTQ kernels, Marlin from Ampere on (W4A16)",
    source: sglangTable,
  },
  { engine: "sglang", families: blackwells, formats: ["nvfp4", "mxfp4"], runs: "native", source: modelOptTable },
  { engine: "sglang", families: ["cdna4"], formats: ["mxfp4"], runs: "native", source: sglangTable },
  { engine: "sglang", families: ["hopper", "cdna3"], formats: ["mxfp4"], runs: "weights-only", by: "Triton (W4A16)", source: sglangTable },
];

const tensorRt: readonly CompatibilityRule[] = [
  ...sixteenBits("tensorrt-llm", ["ampere", "ampere-soc", "ada", "hopper", ...blackwells], tensorRtTable),
  { engine: "tensorrt-llm", families: ["ada", "hopper", ...blackwells], formats: ["fp8"], runs: "native", source: tensorRtTable },
  { engine: "tensorrt-llm", families: ["ampere", "ada", "hopper"], formats: ["int8"], runs: "native", source: tensorRtTable },
  {
    engine: "tensorrt-llm",
    families: ["ampere", "ampere-soc", "ada", "hopper", ...blackwells],
    formats: ["int4"],
    runs: "weights-only",
    by: "W4A16 kernels",
    source: tensorRtFormats,
  },
  { engine: "tensorrt-llm", families: blackwells, formats: ["nvfp4", "mxfp4"], runs: "native", source: tensorRtFormats },
  { engine: "tensorrt-llm", families: ["hopper"], formats: ["mxfp4"], runs: "weights-only", by: "W4A16 kernels", source: tensorRtFormats },
];

const transformers: readonly CompatibilityRule[] = [
  ...sixteenBits("transformers", everywhere, transformersTable),
  { engine: "transformers", families: ["ada", "hopper", ...blackwells], formats: ["fp8"], runs: "native", source: transformersTable },
  {
    engine: "transformers",
    families: ["turing", "ampere", "ada", "hopper", ...blackwells],
    formats: ["int8", "int4"],
    runs: "weights-only",
    by: "bitsandbytes",
    source: transformersTable,
  },
  {
    engine: "transformers",
    families: ["hopper", ...blackwells],
    formats: ["mxfp4"],
    runs: "weights-only",
    by: "Triton kernels",
    source: transformersTable,
  },
];

/** The first rule that matches decides. */
export const compatibilityRules: readonly CompatibilityRule[] = [...vllm, ...sglang, ...tensorRt, ...transformers];

const cuda = (version: string, driver: string): SoftwareStack => ({
  lowest: `CUDA ${version}, driver ${driver}`,
  source: `https://docs.nvidia.com/cuda/archive/${version}.0/cuda-toolkit-release-notes (general knowledge of 2026-11, verify there)`,
});
const rocm = (version: string): SoftwareStack => ({
  lowest: `ROCm ${version}`,
  source: "https://rocm.docs.amd.com/en/latest/compatibility/compatibility-matrix.html (general knowledge, not looked up: verify there)",
});

/** A chip of its own where it needs more than its family. */
export const softwareStacks: {
  readonly families: Readonly<Record<AcceleratorFamily, SoftwareStack>>;
  readonly accelerators: Readonly<Record<string, SoftwareStack>>;
} = {
  families: {
    volta: cuda("11.8", "520"),
    turing: cuda("11.8", "520"),
    ampere: cuda("11.8", "520"),
    "ampere-soc": {
      lowest: "JetPack 6.0 (CUDA 12.2)",
      source: "https://developer.nvidia.com/embedded/jetpack (general knowledge, not looked up: verify there)",
    },
    ada: cuda("11.8", "520"),
    hopper: cuda("11.8", "520"),
    blackwell: cuda("12.8", "570"),
    "blackwell-workstation": cuda("12.8", "570"),
    cdna2: rocm("5.7"),
    cdna3: rocm("6.0"),
    cdna4: rocm("7.0"),
    tpu: {
      lowest: "libtpu with PyTorch/XLA 2.5",
      source: "https://docs.vllm.ai/projects/tpu/ (general knowledge, not looked up: verify there)",
    },
    gaudi: {
      lowest: "Intel Gaudi software 1.18",
      source: "https://docs.habana.ai/en/latest/Support_Matrix/Support_Matrix.html (general knowledge, not looked up: verify there)",
    },
    neuron: {
      lowest: "AWS Neuron SDK 2.20",
      source: "https://awsdocs-neuron.readthedocs-hosted.com/ (general knowledge, not looked up: verify there)",
    },
    davinci: { lowest: "CANN 8.0", source: "https://docs.vllm.ai/projects/ascend/ (general knowledge, not looked up: verify there)" },
  },
  accelerators: { "b300-sxm": cuda("12.9", "575"), gb300: cuda("12.9", "575") },
};
