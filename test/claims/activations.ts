import { bundledModels, type MemoryRequest, servedTensors, shareOnRank } from "@headroom/core";
import { type CheckedClaim, claim } from "./claim.ts";
import { architecture, memory, models, statesPerParameter, training } from "./model-facts.ts";
import { percent, plain } from "./numerals.ts";
import { agrees, verdictOver } from "./verdict-over.ts";

export const claimsOnActivations: readonly CheckedClaim[] = [
  claim({
    number: 29,
    articles: "003",
    claim: {
      en: "Activations of inference = batch · tokens · hidden size · layers · bytes.",
      zh: "推理激活 = 批大小×长度×隐藏维度×层数×字节数。",
    },
    verdict: ["wrong"],
    check: () => ({
      byLayers: activationGib({ layers: 64 }) / activationGib({ layers: 32 }),
      byTokens: activationGib({ batched: 16_384 }) / activationGib({ batched: 8192 }),
    }),
    judge: (n) => [verdictOver(agrees(n.byLayers, 2, 0.25))],
    figure: (n) => ({
      en: `Inference reuses its buffers from layer to layer: twice the layers need ${plain(n.byLayers, 2)} times the activations, twice the tokens of one batch ${plain(n.byTokens, 2)} times. The peak follows the batched tokens and the vocabulary.`,
      zh: `推理时各层复用同一批缓冲区：层数翻倍，激活是原来的 ${plain(n.byLayers, 2)} 倍；一批中的 token 数翻倍，则是 ${plain(n.byTokens, 2)} 倍。峰值取决于同批 token 数和词表大小，与层数无关。`,
    }),
  }),
  claim({
    number: 30,
    articles: "003",
    claim: { en: "Total = weights + (KV cache + activations) × users.", zh: "总显存 = 权重 +（KV 缓存 + 激活）× 用户数。" },
    verdict: ["conditional"],
    check: () => {
      return {
        cacheBy10: requestsAtOnce(2048) / requestsAtOnce(20_480),
        activationsBy10: activationGib({ users: 10 }) / activationGib({ users: 1 }),
      };
    },
    judge: (n) => [verdictOver(agrees(n.cacheBy10, 10), agrees(n.activationsBy10, 10))],
    figure: (n) => ({
      en: `Ten users keep ${plain(n.cacheBy10)} times the cache of one, but the activations of a batch of the same size are ${plain(n.activationsBy10, 2)} times those of one user.`,
      zh: `10 个用户的 KV 缓存是 1 个的 ${plain(n.cacheBy10)} 倍；但同批 token 上限不变时，激活只是 1 个用户的 ${plain(n.activationsBy10, 2)} 倍。`,
    }),
  }),
  claim({
    number: 34,
    articles: "004",
    claim: {
      en: "Tokens of an expert = batch · share active / experts = 4096 × 0.25 / 64 = 16.",
      zh: "每个专家的 token 数 = 批大小×激活比例/专家数 = 4096×0.25/64 = 16。",
    },
    verdict: ["wrong"],
    check: () => ({ expertsOfToken: 0.25 * 64, found: (4096 * 0.25 * 64) / 64, timesOff: (4096 * 0.25 * 64) / 64 / 16 }),
    judge: (n) => [verdictOver(agrees(16, n.found, 0.5))],
    figure: (n) => ({
      en: `A quarter of 64 experts means that each token visits ${n.expertsOfToken}: 4096 × ${n.expertsOfToken} / 64 = ${plain(n.found)} tokens an expert, ${n.timesOff} times more.`,
      zh: `激活 64 个专家的四分之一，就是每个 token 要经过 ${n.expertsOfToken} 个专家：4096 × ${n.expertsOfToken} / 64 = 每个专家 ${plain(n.found)} 个 token，是所称的 ${n.timesOff} 倍。`,
    }),
  }),
  claim({
    number: 35,
    articles: "004",
    claim: {
      en: "16 tokens × 1024 × 4 B are about 0.064 MB of activations for an expert.",
      zh: "16 个 token × 1024 × 4 字节，每个专家激活约 0.064 MB。",
    },
    verdict: ["conditional"],
    check: () => ({ asSaid: (16 * 1024 * 4) / 1e6, corrected: (1024 * 1024 * 4) / 1e6, all: (64 * 1024 * 1024 * 4) / 1e6 }),
    judge: (n) => [verdictOver(agrees(0.064, n.asSaid), agrees(0.064, n.corrected))],
    figure: (n) => ({
      en: `The product is ${plain(n.asSaid, 4)} MB. With the 1,024 tokens an expert really gets it is ${plain(n.corrected, 2)} MB, ${plain(n.all)} MB over 64 experts, for every layer and every tensor that is kept.`,
      zh: `乘积是 ${plain(n.asSaid, 4)} MB，没错。但每个专家实际有 1,024 个 token，应为 ${plain(n.corrected, 2)} MB，64 个专家共 ${plain(n.all)} MB，而且每层、每个要保存的张量都要算一份。`,
    }),
  }),
  claim({
    number: 36,
    articles: "004",
    claim: {
      en: "A 74B model of 64 experts trains in 12.8 GB, 4.0 of them optimizer and 8.2 activations.",
      zh: "64 专家的 74B 模型训练共需 12.8 GB，其中优化器 4.0、激活 8.2。",
    },
    verdict: ["wrong"],
    check: () => ({ states: 74 * statesPerParameter("bf16-mixed"), moments: 74 * 8, withMaster: 74 * 12, rest: 12.8 - 4.0 - 8.2 }),
    judge: (n) => [verdictOver(agrees(12.8, n.states, 0.5), agrees(4, n.moments, 0.5))],
    figure: (n) => ({
      en: `States alone are 74 × 16 = ${plain(n.states)} GB, of which the optimizer ${plain(n.moments)} (two moments) to ${plain(n.withMaster)} GB (and master weights). The claim leaves ${plain(n.rest, 1)} GB for 148 GB of weights; its activations cannot be derived, as neither layers nor sequence are given.`,
      zh: `仅模型状态就是 74 × 16 = ${plain(n.states)} GB，其中优化器 ${plain(n.moments)} GB（两个动量）到 ${plain(n.withMaster)} GB（再加主权重）。照原文只剩 ${plain(n.rest, 1)} GB 给 148 GB 的权重；激活的 8.2 也推不出来，因为层数和序列长度都没给。`,
    }),
  }),
  claim({
    number: 37,
    articles: "004",
    claim: { en: "In tensor parallelism each GPU stores some of the experts.", zh: "张量并行下，每张 GPU 存放一部分专家。" },
    verdict: ["wrong"],
    check: () => ({
      spreadOver8: expertsOnRank("expert", 8),
      spreadOver48: expertsOnRank("expert", 48),
      tensorOver48: expertsOnRank("tensor", 48),
    }),
    judge: (n) => [verdictOver(Number.isInteger(n.tensorOver48))],
    figure: (n) => ({
      en: `That is expert parallelism, which deals out whole experts: of DeepSeek-V3's 256, ${n.spreadOver8} to each of 8 cards, at most ${n.spreadOver48} to each of 48. Tensor parallelism gives every card a slice of every expert: 256 / 48 = ${plain(n.tensorOver48, 2)} experts' worth. Nearly the same bytes, other traffic.`,
      zh: `那是专家并行，按完整的专家分配：DeepSeek-V3 的 256 个专家分到 8 张卡是每卡 ${n.spreadOver8} 个，分到 48 张卡是每卡至多 ${n.spreadOver48} 个。张量并行是每张卡都存每个专家的一片，48 张卡时相当于 256 / 48 = ${plain(n.tensorOver48, 2)} 个专家。字节数相近，通信方式不同。`,
    }),
  }),
  claim({
    number: 38,
    articles: "002",
    claim: { en: "FlashAttention-3 halves the memory.", zh: "FlashAttention-3 让显存减半。" },
    verdict: ["wrong"],
    check: () => ({
      scoresGb: (32 * 8192 ** 2 * 2) / 1e9,
      quadraticShare: trainingActivationGib(8192) / trainingActivationGib(4096) / 2 - 1,
    }),
    judge: (n) => [verdictOver(n.quadraticShare >= 0.5)],
    figure: (n) => ({
      en: `Every version avoids the matrix of scores (32 heads at 8,192 tokens: ${plain(n.scoresGb, 1)} GB a layer and sequence). What is left grows with the length alone (share that grows with its square: ${percent(n.quadraticShare)} %), so the third version has nothing to halve: over the second it is faster, as its authors say by 1.5 to 2 times.`,
      zh: `各个版本都不保存注意力分数矩阵（32 头、8,192 token 时每层每条序列 ${plain(n.scoresGb, 1)} GB）。剩下的显存只随长度线性增长（平方项占比 ${percent(n.quadraticShare)}%），第三版已没有什么可减半；它比第二版强在速度，作者给出的是快 1.5–2 倍。`,
    }),
  }),
];

/** How many requests of a length one A100 80GB caches at once beside a 7B model. */
const requestsAtOnce = (maxModelLen: number): number =>
  memory({ model: models.deepseekLlm7b, accelerator: { id: "a100-sxm-80gb" }, engine: { maxModelLen } }).kvCache?.maxConcurrency ??
  Number.NaN;

const configOf32b = bundledModels.find(({ id }) => id === models.distilled32b.id)?.config;

/** Activations of DeepSeek-R1-Distill-Qwen-32B, or of its like with fewer layers. */
const activationGib = (change: { readonly layers?: number; readonly batched?: number; readonly users?: number }): number => {
  const request: MemoryRequest = {
    model: { config: { ...configOf32b, num_hidden_layers: change.layers ?? 64 } },
    accelerator: { id: "h200-sxm" },
    engine: { maxNumBatchedTokens: change.batched ?? 8192, maxNumSeqs: change.users ?? 256, maxModelLen: 2048 },
  };
  return memory(request).perAccelerator?.activationGib ?? Number.NaN;
};

/** How many of DeepSeek-V3's experts the bytes on the fullest rank amount to. */
const expertsOnRank = (parallel: "tensor" | "expert", ranks: number): number => {
  const layout = { tensorParallelSize: ranks, pipelineParallelSize: 1, dataParallelSize: 1, expertParallel: parallel === "expert" };
  const tensor = servedTensors(architecture(models.deepseekV3)).find(({ split }) => split.by === "experts");
  return tensor === undefined ? Number.NaN : 256 * shareOnRank(tensor, layout);
};

/** With a fused attention, as every version of FlashAttention is. */
const trainingActivationGib = (sequenceLength: number): number =>
  training({ model: models.llama2Of7b, sequenceLength, recompute: "selective" }).perAccelerator.activationGib;
