import { type CheckedClaim, claim } from "./claim.ts";
import { architecture, gbToGib, gibToGb, kvBytesPerToken, memory, models, publishedBytes, weightsGb } from "./model-facts.ts";
import { plain } from "./numerals.ts";
import { agrees, verdictOver } from "./verdict-over.ts";

const mb = (bytes: number): number => bytes / 1e6;
const tokens = 1024;

export const claimsOnKvCache: readonly CheckedClaim[] = [
  claim({
    number: 24,
    articles: "000",
    claim: { en: "1,024 tokens need at least 500 MB of KV cache for each sample.", zh: "1,024 个 token 的 KV 缓存每条样本至少 500 MB。" },
    verdict: ["conditional"],
    check: () => ({
      deepseek7b: mb(kvBytesPerToken(models.deepseekLlm7b) * tokens),
      llama2: mb(kvBytesPerToken(models.llama2Of7b) * tokens),
      llama31: mb(kvBytesPerToken(models.llama31Of8b) * tokens),
      gpt3Gb: mb(kvBytesPerToken(models.gpt3) * tokens) / 1000,
      deepseekV3: mb(kvBytesPerToken(models.deepseekV3) * tokens),
    }),
    judge: (n) => [verdictOver(n.deepseek7b >= 500, n.llama2 >= 500, n.llama31 >= 500, n.deepseekV3 >= 500)],
    figure: (n) => ({
      en: `With full multi-head attention at 7B: DeepSeek LLM 7B ${plain(n.deepseek7b)} MB, Llama 2 7B ${plain(n.llama2)} MB. But GPT-3's shape ${plain(n.gpt3Gb, 2)} GB, Llama 3.1 8B (grouped-query) ${plain(n.llama31)} MB, and DeepSeek-V3 (latent attention), 671B large, ${plain(n.deepseekV3)} MB.`,
      zh: `7B 级的 MHA 模型确实如此：DeepSeek LLM 7B 为 ${plain(n.deepseek7b)} MB，Llama 2 7B 为 ${plain(n.llama2)} MB。但按 GPT-3 的结构是 ${plain(n.gpt3Gb, 2)} GB，Llama 3.1 8B（GQA）只有 ${plain(n.llama31)} MB，而 671B 的 DeepSeek-V3（MLA）仅 ${plain(n.deepseekV3)} MB。`,
    }),
  }),
  claim({
    number: 25,
    articles: "000",
    claim: { en: "At batch 32 that makes 16 GB.", zh: "批大小 32 时就是 16 GB。" },
    verdict: ["right"],
    check: () => ({
      deepseek7bGb: (kvBytesPerToken(models.deepseekLlm7b) * tokens * 32) / 1e9,
      deepseekV3Gb: (kvBytesPerToken(models.deepseekV3) * tokens * 32) / 1e9,
    }),
    judge: (n) => [verdictOver(agrees(16, n.deepseek7bGb))],
    figure: (n) => ({
      en: `32 times the 7B model's cache is ${plain(n.deepseek7bGb, 1)} GB: the cache grows with the batch. For DeepSeek-V3 it would be ${plain(n.deepseekV3Gb, 1)} GB.`,
      zh: `7B 模型的缓存乘 32 是 ${plain(n.deepseek7bGb, 1)} GB，缓存确实随批大小成比例增长。换成 DeepSeek-V3 只有 ${plain(n.deepseekV3Gb, 1)} GB。`,
    }),
  }),
  claim({
    number: 26,
    articles: "003",
    claim: {
      en: "KV cache of a mixture = 2 · batch · tokens · active experts · 512 · bytes · layers.",
      zh: "MoE 的 KV 缓存 = 2×批大小×长度×激活专家数×512×字节数×层数。",
    },
    verdict: ["wrong"],
    check: () => {
      const claimed = expertTerm + denseTerm;
      const found = kvBytesPerToken(models.deepseekV3);
      return { claimed, found, timesOff: claimed / found };
    },
    judge: (n) => [verdictOver(agrees(n.claimed, n.found, 0.5))],
    figure: (n) => ({
      en: `Experts hold no cache. 512 is the latent of the attention, in all 61 layers, with 64 rotary dimensions beside it and no factor 2: 61 × (512 + 64) × 2 = ${plain(n.found)} B a token. The article's two formulas give ${plain(n.claimed)} B, ${plain(n.timesOff, 1)} times too much.`,
      zh: `专家没有 KV 缓存。512 是注意力（MLA）的潜变量维度，61 层都有，另加 64 维旋转位置，也没有系数 2：每个 token 为 61 × (512 + 64) × 2 = ${plain(n.found)} 字节。按原文的两个公式是 ${plain(n.claimed)} 字节，是实际值的 ${plain(n.timesOff, 1)} 倍。`,
    }),
  }),
  claim({
    number: 27,
    articles: "003",
    claim: { en: "7168 is compressed to 512, a fourteenth, by the experts.", zh: "专家把 7168 维压缩到 512 维，即 1/14。" },
    verdict: ["right", "wrong"],
    check: () => ({
      ratio: architecture(models.deepseekV3).hiddenSize / 512,
      cachedWithoutExperts: kvBytesPerToken(models.deepseekV3) - 61 * (512 + 64) * 2,
    }),
    judge: (n) => [verdictOver(n.ratio === 14), verdictOver(n.cachedWithoutExperts !== 0)],
    figure: (n) => ({
      en: `7168 / 512 = ${n.ratio}, but it is the attention that compresses: its latents are the whole cache, the experts add ${n.cachedWithoutExperts} B.`,
      zh: `7168 / 512 = ${n.ratio} 没错，但压缩发生在注意力里：缓存全部由注意力的潜变量构成，专家贡献 ${n.cachedWithoutExperts} 字节。`,
    }),
  }),
  claim({
    number: 28,
    articles: "003",
    claim: {
      en: "KV cache of a dense model = 2 · batch · tokens · hidden size · bytes · layers.",
      zh: "稠密模型的 KV 缓存 = 2×批大小×长度×隐藏维度×字节数×层数。",
    },
    verdict: ["conditional"],
    check: () => ({
      llama2: (2 * 4096 * 2 * 32) / kvBytesPerToken(models.llama2Of7b),
      llama31: (2 * 4096 * 2 * 32) / kvBytesPerToken(models.llama31Of8b),
      qwen: (2 * 3584 * 2 * 28) / kvBytesPerToken(models.qwen25Of7b),
    }),
    judge: (n) => [verdictOver(agrees(n.llama2, 1), agrees(n.llama31, 1), agrees(n.qwen, 1))],
    figure: (n) => ({
      en: `Exact for full multi-head attention (Llama 2 7B: ratio ${plain(n.llama2)}). Grouped-query heads divide it: the formula is ${plain(n.llama31)} times too large for Llama 3.1 8B, ${plain(n.qwen)} times for Qwen2.5 7B.`,
      zh: `对 MHA 分毫不差（Llama 2 7B 与实际值之比为 ${plain(n.llama2)}）。GQA 要除以头数与 KV 头数之比：对 Llama 3.1 8B 公式结果是实际值的 ${plain(n.llama31)} 倍，对 Qwen2.5 7B 是 ${plain(n.qwen)} 倍。`,
    }),
  }),
  claim({
    number: 31,
    articles: "003",
    claim: {
      en: "DeepSeek-V3 in FP16 for 10 users of 2,048 tokens: by its formulas 74 GB and ten times the rest, so two A100 80GB.",
      zh: "DeepSeek-V3 用 FP16 服务 10 个用户、每人 2,048 token：按其公式为 74 GB 加十份其余开销，两张 A100 80GB 即可。",
    },
    verdict: ["wrong"],
    check: () => ({
      cacheMb: mb((denseTerm + expertTerm) * 2048),
      activationMb: mb((3 * 7168 + 58 * 8 * 512) * 2 * 2048),
      claimedGb: 74 + (10 * (denseTerm + expertTerm + (3 * 7168 + 58 * 8 * 512) * 2) * 2048) / 1e9,
      bf16Gb: weightsGb(models.deepseekV3, "bf16"),
      publishedGib: gbToGib(publishedBytes(models.deepseekV3) / 1e9),
      cacheGb: (kvBytesPerToken(models.deepseekV3) * 2048 * 10) / 1e9,
      eachOf8: onEight("h100-sxm").weightsGib,
      h100Pool: onEight("h100-sxm").poolGib,
      h200Pool: onEight("h200-sxm").poolGib,
      h100PoolOf16: onEight("h100-sxm", 2).poolGib,
    }),
    judge: (n) => [verdictOver(n.bf16Gb + n.cacheGb < 160, gibToGb(n.publishedGib) + n.cacheGb < 160)],
    figure: (n) => ({
      en: `The formulas come to ${plain(n.claimedGb, 1)} GB (cache ${plain(n.cacheMb, 1)} and activations ${plain(n.activationMb, 1)} MB a user). True: ${plain(n.bf16Gb)} GB of weights in BF16 or ${plain(n.publishedGib)} GiB as published, and only ${plain(n.cacheGb, 2)} GB of cache. In FP8 each of 8 cards holds ${plain(n.eachOf8, 1)} GiB of weights: not 8 H100 80GB (${plain(-n.h100Pool)} GiB missing on each), but 8 H200 or 16 H100.`,
      zh: `按其公式合计 ${plain(n.claimedGb, 1)} GB（每用户缓存 ${plain(n.cacheMb, 1)} MB、激活 ${plain(n.activationMb, 1)} MB）。实际上 BF16 权重就有 ${plain(n.bf16Gb)} GB，官方 FP8 文件 ${plain(n.publishedGib)} GiB，而缓存只要 ${plain(n.cacheGb, 2)} GB。FP8 下 8 卡每卡权重 ${plain(n.eachOf8, 1)} GiB：8 张 H100 80GB 不够（每卡差 ${plain(-n.h100Pool)} GiB），需要 8 张 H200 或 16 张 H100。`,
    }),
  }),
  claim({
    number: 32,
    articles: "003",
    claim: { en: "1,000 staff of whom 1 to 5 % ask at once are 10 to 50 users.", zh: "1,000 名员工、并发 1–5%，即 10–50 人同时使用。" },
    verdict: ["right"],
    check: () => ({ least: 1000 * 0.01, most: 1000 * 0.05 }),
    judge: (n) => [verdictOver(n.least === 10, n.most === 50)],
    figure: (n) => ({
      en: `1,000 × 1 % = ${n.least}, × 5 % = ${n.most}. The share is an assumption; measure yours.`,
      zh: `1,000 × 1% = ${n.least}，× 5% = ${n.most}。比例本身是假设，应以实测为准。`,
    }),
  }),
  claim({
    number: 33,
    articles: "003",
    claim: { en: "2,000 tokens are about 1,500 to 2,000 Chinese characters.", zh: "2,000 个 token 约合 1,500–2,000 个汉字。" },
    verdict: ["conditional"],
    check: () => ({ byDeepseek: 2000 / 0.6, byOneEach: 2000 / 1, left: 2048 - 2000 }),
    judge: (n) => [verdictOver(n.byOneEach >= 1500 && n.byOneEach <= 2000, n.byDeepseek <= 2000)],
    figure: (n) => ({
      en: `By tokenizer: at one token a character ${plain(n.byOneEach)}, at the 0.6 that DeepSeek's API documentation states about ${plain(n.byDeepseek)}. And a window of 2,048 with 2,000 for the answer leaves ${n.left} tokens for the question: none for retrieved text.`,
      zh: `取决于分词器：一字一 token 时为 ${plain(n.byOneEach)} 字；按 DeepSeek API 文档所说的每字约 0.6 个 token，则约 ${plain(n.byDeepseek)} 字。另外 2,048 的窗口输出 2,000，只给提问剩下 ${n.left} 个 token，根本放不下检索内容。`,
    }),
  }),
];

/** The article's two formulas for DeepSeek-V3: three dense layers by the hidden size, 58 by eight experts' 512; bytes a token. */
const denseTerm = 2 * 7168 * 2 * 3;
const expertTerm = 2 * 8 * 512 * 2 * 58;

const onEight = (acceleratorId: string, stages = 1): { readonly weightsGib: number; readonly poolGib: number } => {
  const { perAccelerator } = memory({
    model: models.deepseekV3,
    layout: { tensorParallelSize: 8, pipelineParallelSize: stages },
    engine: { maxModelLen: 2048, maxNumSeqs: 10 },
    accelerator: { id: acceleratorId },
  });
  return {
    weightsGib: perAccelerator?.weightsGib ?? Number.NaN,
    poolGib: (perAccelerator?.kvCacheGib ?? 0) + (perAccelerator?.freeGib ?? 0),
  };
};
