import { numHiddenLayersOf } from "@headroom/core";
import { type CheckedClaim, claim } from "./claim.ts";
import { architecture, gbToGib, gibToGb, kvBytesPerToken, memory, models, parameters, publishedBytes, weightsGb } from "./model-facts.ts";
import { percent, plain } from "./numerals.ts";
import { agrees, verdictOver } from "./verdict-over.ts";

const billion = 1e9;

export const claimsOnWeights: readonly CheckedClaim[] = [
  claim({
    number: 1,
    articles: "000",
    claim: { en: "A model of 175B parameters needs 350 GB in FP16.", zh: "175B 参数的模型用 FP16 需要 350 GB。" },
    verdict: ["right"],
    check: () => ({ gb: (175 * billion * 2) / 1e9, gib: gbToGib(350), gpt3Billions: parameters(models.gpt3).total / billion }),
    judge: ({ gb }) => [verdictOver(agrees(350, gb, 0.001))],
    figure: (n) => ({
      en: `175 × 10⁹ × 2 B = ${plain(n.gb)} GB = ${plain(n.gib, 1)} GiB, for the weights alone. DeepSeek has no such model; GPT-3's shape counts ${plain(n.gpt3Billions, 1)}B.`,
      zh: `175 × 10⁹ × 2 字节 = ${plain(n.gb)} GB（${plain(n.gib, 1)} GiB），只是权重。DeepSeek 并没有 175B 的模型；按 GPT-3 的结构数出来是 ${plain(n.gpt3Billions, 1)}B。`,
    }),
  }),
  claim({
    number: 2,
    articles: "000",
    claim: { en: "8-way tensor parallelism leaves 44 GB of it on each card.", zh: "8 路张量并行后每张卡 44 GB。" },
    verdict: ["right"],
    check: () => ({ each: 350 / 8, gpt3Each: gibToGb(gpt3OnEight().weightsGib) }),
    judge: ({ each, gpt3Each }) => [verdictOver(agrees(44, each, 0.01), agrees(44, gpt3Each, 0.01))],
    figure: (n) => ({
      en: `350 / 8 = ${plain(n.each, 2)} GB of weights, if every tensor splits; GPT-3's shape gives ${plain(n.gpt3Each, 1)} GB. Cache, activations and runtime come on top.`,
      zh: `350 / 8 = ${plain(n.each, 2)} GB，前提是所有张量都能切开；按 GPT-3 的结构算为 ${plain(n.gpt3Each, 1)} GB。这只是权重，KV 缓存、激活和运行时另算。`,
    }),
  }),
  claim({
    number: 3,
    articles: "003",
    claim: {
      en: "A parameter takes 1, 2 or 4 bytes by its format, and 10⁹ bytes are about 1 GB.",
      zh: "按精度不同，每个参数占 1、2 或 4 字节；10⁹ 字节约为 1 GB。",
    },
    verdict: ["right"],
    check: () => ({
      bf16: bytesPerParameter("bf16"),
      int8: bytesPerParameter("int8"),
      int4: bytesPerParameter("int4"),
      fp32: bytesPerParameter("fp32"),
    }),
    judge: (n) => [verdictOver(agrees(2, n.bf16), agrees(1, n.int8, 0.1), agrees(4, n.fp32))],
    figure: (n) => ({
      en: `True of parameters in that format. Whole files are a little wider, since embeddings stay in 16 bits and scales are stored too: a 32B model takes ${plain(n.bf16, 2)} B a parameter in BF16, ${plain(n.int8, 2)} in INT8 and ${plain(n.int4, 2)}, not 0.5, in INT4.`,
      zh: `对以该精度存储的参数成立。整个文件会略大一些，因为词嵌入保持 16 位，还要存缩放系数：32B 模型平均每个参数 BF16 为 ${plain(n.bf16, 2)} 字节，INT8 为 ${plain(n.int8, 2)}，INT4 为 ${plain(n.int4, 2)} 而不是 0.5。`,
    }),
  }),
  claim({
    number: 4,
    articles: "003",
    claim: {
      en: "LLaMA 13B in BF16 is 26 GB, and running it takes at least 26 GB.",
      zh: "LLaMA 13B 用 BF16 占 26 GB，运行至少需要 26 GB。",
    },
    verdict: ["conditional"],
    check: () => {
      const { weightsGib, perAccelerator } = memory({ model: models.llama2Of13b, accelerator: { id: "a100-sxm-80gb" } });
      const beside = (perAccelerator?.activationGib ?? 0) + (perAccelerator?.runtimeGib ?? 0);
      return {
        parameters: parameters(models.llama2Of13b).total,
        gb: gibToGb(weightsGib),
        gib: weightsGib,
        runningGb: gibToGb(weightsGib + beside),
      };
    },
    judge: (n) => [verdictOver(agrees(26, n.gb, 0.01), n.runningGb <= 26)],
    figure: (n) => ({
      en: `Weights: ${plain(n.parameters)} × 2 B = ${plain(n.gb, 2)} GB (${plain(n.gib, 2)} GiB). To run, an engine's activations and runtime make it ${plain(n.runningGb, 1)} GB before the first token is cached.`,
      zh: `权重：${plain(n.parameters)} × 2 字节 = ${plain(n.gb, 2)} GB（${plain(n.gib, 2)} GiB）。真要运行，加上推理引擎的激活和运行时，一个 token 都没缓存就已是 ${plain(n.runningGb, 1)} GB。`,
    }),
  }),
  claim({
    number: 5,
    articles: "003",
    claim: {
      en: "INT8 has 256 values; FP16 is 1 + 5 + 10 bits with about 6.55 × 10⁴ values; BF16 is 1 + 8 + 7, FP32 1 + 8 + 23.",
      zh: "INT8 有 256 个取值；FP16 为 1+5+10 位，约 6.55×10⁴ 个取值；BF16 为 1+8+7，FP32 为 1+8+23。",
    },
    verdict: ["right"],
    check: () => ({
      int8: 2 ** 8,
      fp16: 2 ** (1 + 5 + 10),
      bf16Bits: 1 + 8 + 7,
      fp32Bits: 1 + 8 + 23,
      fp16Finite: 2 * (2 ** 5 - 1) * 2 ** 10,
    }),
    judge: (n) => [verdictOver(n.int8 === 256, agrees(65_500, n.fp16, 0.001), n.bf16Bits === 16, n.fp32Bits === 32)],
    figure: (n) => ({
      en: `2⁸ = ${n.int8}; 2¹⁶ = ${plain(n.fp16)} bit patterns, of which ${plain(n.fp16Finite)} are finite FP16 numbers.`,
      zh: `2⁸ = ${n.int8}；2¹⁶ = ${plain(n.fp16)} 种位模式，其中 ${plain(n.fp16Finite)} 种是有限的 FP16 数。`,
    }),
  }),
  claim({
    number: 6,
    articles: "003",
    claim: {
      en: "DeepSeek-V3 has 671B parameters, 37B of them active, 8 experts for each token, and 61 layers, 58 of them with experts.",
      zh: "DeepSeek-V3 共 671B 参数、激活 37B，每个 token 用 8 个专家，61 层中 58 层是 MoE。",
    },
    verdict: ["right"],
    check: () => {
      const { total, active, byPart } = parameters(models.deepseekV3);
      const shape = architecture(models.deepseekV3);
      return {
        total,
        activeBillions: active / billion,
        withoutEmbeddingBillions: (active - byPart.embeddings) / billion,
        layers: numHiddenLayersOf(shape),
        expertLayers: shape.layers.filter(({ feedForward }) => feedForward.kind === "mixture").reduce((sum, { count }) => sum + count, 0),
      };
    },
    judge: (n) => [
      verdictOver(agrees(671e9, n.total, 0.001), agrees(37, n.withoutEmbeddingBillions), n.layers === 61, n.expertLayers === 58),
    ],
    figure: (n) => ({
      en: `${plain(n.total)} parameters; ${plain(n.activeBillions, 2)}B active with embedding and head, ${plain(n.withoutEmbeddingBillions, 2)}B without the embedding; ${n.layers} layers, ${n.expertLayers} with experts. A token uses 8 of 256 routed experts and 1 shared one, 9 in all.`,
      zh: `共 ${plain(n.total)} 个参数；激活参数含词嵌入和输出头为 ${plain(n.activeBillions, 2)}B，不含词嵌入为 ${plain(n.withoutEmbeddingBillions, 2)}B；${n.layers} 层中 ${n.expertLayers} 层是 MoE。每个 token 用 256 个路由专家中的 8 个，外加 1 个共享专家，实际是 9 个。`,
    }),
  }),
  claim({
    number: 7,
    articles: "003",
    claim: {
      en: "Only the active parameters must be loaded, so DeepSeek-V3 needs 74 GB in FP16 and 37 GB in INT8.",
      zh: "只需加载激活参数，所以 DeepSeek-V3 用 FP16 需要 74 GB，用 INT8 需要 37 GB。",
    },
    verdict: ["wrong"],
    check: () => {
      const published = publishedBytes(models.deepseekV3) / 1e9;
      const bf16 = weightsGb(models.deepseekV3, "bf16");
      return {
        bf16,
        bf16Gib: gbToGib(bf16),
        int8: weightsGb(models.deepseekV3, "int8"),
        published,
        publishedGib: gbToGib(published),
        timesOff: bf16 / 74,
      };
    },
    judge: (n) => [verdictOver(agrees(74, n.bf16, 0.5), agrees(37, n.int8, 0.5))],
    figure: (n) => ({
      en: `Any token may call any expert, so all of them are resident: ${plain(n.bf16)} GB (${plain(n.bf16Gib)} GiB) in BF16, ${plain(n.int8)} GB in 8 bits, ${plain(n.published, 1)} GB (${plain(n.publishedGib)} GiB) as published in FP8. ${plain(n.timesOff, 1)} times too little.`,
      zh: `任何 token 都可能用到任何专家，因此全部专家都得常驻显存：BF16 为 ${plain(n.bf16)} GB（${plain(n.bf16Gib)} GiB），8 位为 ${plain(n.int8)} GB，官方发布的 FP8 文件为 ${plain(n.published, 1)} GB（${plain(n.publishedGib)} GiB）。实际是所称的 ${plain(n.timesOff, 1)} 倍。`,
    }),
  }),
  claim({
    number: 8,
    articles: "000",
    claim: { en: "Routing in a mixture of experts lowers the memory of each card.", zh: "MoE 靠路由降低每张卡的显存占用。" },
    verdict: ["wrong"],
    check: () => {
      const { total, active } = parameters(models.deepseekV3);
      return { resident: total / billion, active: active / billion, share: active / total, expertsOnEach: 256 / 8 };
    },
    judge: (n) => [verdictOver(n.resident < 1.05 * n.active)],
    figure: (n) => ({
      en: `Routing lowers the work of a token, not what must be held: of ${plain(n.resident)}B resident parameters DeepSeek-V3 multiplies with ${percent(n.share, 1)} %. Only spreading the experts over cards (expert parallelism: ${n.expertsOnEach} of 256 on each of 8) makes a card hold less.`,
      zh: `路由减少的是每个 token 的计算和访存，不是常驻显存：DeepSeek-V3 常驻 ${plain(n.resident)}B 参数，每个 token 只用其中 ${percent(n.share, 1)}%。要让单卡少存，得靠专家并行把专家分到各卡上（8 卡时每卡 256 个中的 ${n.expertsOnEach} 个）。`,
    }),
  }),
  claim({
    number: 9,
    articles: "001",
    claim: { en: "A 6B model in FP16 needs 12 GB, activations included.", zh: "6B 模型用 FP16 连同激活共 12 GB。" },
    verdict: ["wrong"],
    check: () => {
      const { perAccelerator } = memory({ model: models.llama2Of7b, accelerator: { id: "a100-sxm-80gb" } });
      const beside = gibToGb((perAccelerator?.activationGib ?? 0) + (perAccelerator?.runtimeGib ?? 0));
      return { weights: (6 * billion * 2) / 1e9, beside, thousandTokens: (kvBytesPerToken(models.llama2Of7b) * 1000) / 1e9 };
    },
    judge: (n) => [verdictOver(n.weights + n.beside <= 12)],
    figure: (n) => ({
      en: `6 × 10⁹ × 2 B = ${plain(n.weights, 1)} GB is the weights and nothing else. In a model of this class activations and runtime add about ${plain(n.beside, 1)} GB and every 1,000 cached tokens ${plain(n.thousandTokens, 1)} GB.`,
      zh: `6 × 10⁹ × 2 字节 = ${plain(n.weights, 1)} GB，光权重就用完了。这个量级的模型，激活和运行时还要约 ${plain(n.beside, 1)} GB，每缓存 1,000 个 token 再加 ${plain(n.thousandTokens, 1)} GB。`,
    }),
  }),
  claim({
    number: 10,
    articles: "001",
    claim: { en: "A 6B model in INT4 needs less than 6 GB.", zh: "6B 模型用 INT4 不到 6 GB。" },
    verdict: ["right"],
    check: () => ({
      narrow: (6 * billion * 4.25) / 8 / 1e9,
      shareOf7b: weightsGb(models.llama2Of7b, "int4"),
      left: 6 - weightsGb(models.llama2Of7b, "int4"),
    }),
    judge: (n) => [verdictOver(n.narrow < 6, n.shareOf7b < 6)],
    figure: (n) => ({
      en: `6 × 10⁹ at 4.25 bits with their scales = ${plain(n.narrow, 1)} GB; even Llama 2 7B with 16-bit embeddings is ${plain(n.shareOf7b, 1)} GB. About ${plain(n.left, 1)} GB are left for everything else.`,
      zh: `6 × 10⁹ 个参数连缩放系数按 4.25 位计为 ${plain(n.narrow, 1)} GB；就连词嵌入保持 16 位的 Llama 2 7B 也只有 ${plain(n.shareOf7b, 1)} GB。给其余部分还剩约 ${plain(n.left, 1)} GB。`,
    }),
  }),
  claim({
    number: 11,
    articles: "002",
    claim: { en: "INT8 halves the memory.", zh: "INT8 让显存减半。" },
    verdict: ["conditional"],
    check: () => {
      const [wide, narrow] = [weightsGb(models.llama31Of8b, "bf16"), weightsGb(models.llama31Of8b, "int8")];
      const cache = (kvBytesPerToken(models.llama31Of8b) * 32 * 8192) / 1e9;
      return { weightsRatio: (narrow - embeddingsGb()) / (wide - embeddingsGb()), cache, wholeRatio: (narrow + cache) / (wide + cache) };
    },
    judge: (n) => [verdictOver(agrees(0.5, n.weightsRatio, 0.02), agrees(0.5, n.wholeRatio))],
    figure: (n) => ({
      en: `Of the linear layers' 16-bit weights, yes (${plain(n.weightsRatio, 3)}). KV cache, activations and runtime stay: Llama 3.1 8B with 32 requests of 8,192 tokens (${plain(n.cache, 1)} GB of cache) keeps ${percent(n.wholeRatio)} % of its memory.`,
      zh: `对 16 位线性层权重成立（${plain(n.weightsRatio, 3)}）。KV 缓存、激活和运行时不变：Llama 3.1 8B 同时处理 32 个 8,192 token 的请求时（缓存 ${plain(n.cache, 1)} GB），显存仍是原来的 ${percent(n.wholeRatio)}%。`,
    }),
  }),
  claim({
    number: 12,
    articles: "000",
    claim: {
      en: "Mixing FP16 and INT8 saves 40 % of memory at 95 % accuracy or more.",
      zh: "FP16 与 INT8 混合节省 40% 显存，精度保持 95% 以上。",
    },
    verdict: ["conditional", "cannot-be-checked"],
    check: () => ({ shareNeeded: 0.4 / (1 - 1 / 2), savedAtHalf: 0.5 * (1 - 1 / 2) }),
    judge: (n) => [verdictOver(n.shareNeeded <= 1, n.savedAtHalf >= 0.4), verdictOver(undefined)],
    figure: (n) => ({
      en: `The saving is half the share that is stored in INT8: 40 % takes ${percent(n.shareNeeded)} % of the weights, an even mix saves ${percent(n.savedAtHalf)} %. Accuracy depends on model and task; neither is named.`,
      zh: `节省的比例是 INT8 权重占比的一半：要省 40%，得有 ${percent(n.shareNeeded)}% 的权重用 INT8；各占一半只省 ${percent(n.savedAtHalf)}%。精度取决于模型和任务，原文都没有说明。`,
    }),
  }),
];

const gpt3OnEight = () => {
  const { perAccelerator } = memory({ model: models.gpt3, layout: { tensorParallelSize: 8 }, accelerator: { id: "a100-sxm-80gb" } });
  return { weightsGib: perAccelerator?.weightsGib ?? Number.NaN };
};

const bytesPerParameter = (format: Parameters<typeof weightsGb>[1]): number =>
  (weightsGb(models.distilled32b, format) * 1e9) / parameters(models.distilled32b).total;

/** Embedding and head of Llama 3.1 8B, 16 bits whatever the linear layers are in. */
const embeddingsGb = (): number => {
  const { embeddings, head } = parameters(models.llama31Of8b).byPart;
  return ((embeddings + head) * 2) / 1e9;
};
