import { chip } from "./chip-facts.ts";
import { type CheckedClaim, claim } from "./claim.ts";
import { gbToGib, gibToGb, isBundled, memory, models, parameters, statesPerParameter, training, weightsGb } from "./model-facts.ts";
import { percent, plain } from "./numerals.ts";
import { agrees, verdictOver } from "./verdict-over.ts";

const billion = 1e9;

export const claimsOnFit: readonly CheckedClaim[] = [
  claim({
    number: 13,
    articles: "000",
    claim: { en: "A 6B model with checkpointing and FP16 needs 12 GB.", zh: "6B 模型用检查点加 FP16 只需 12 GB。" },
    verdict: ["wrong"],
    check: () => ({ weights: (6 * billion * 2) / 1e9, states: (6 * billion * statesPerParameter("bf16-mixed")) / 1e9 }),
    judge: (n) => [verdictOver(n.weights < 12, agrees(12, n.states, 0.5))],
    figure: (n) => ({
      en: `${plain(n.weights)} GB is full with the weights, and checkpointing belongs to training, where the states alone take ${plain(n.states)} GB.`,
      zh: `${plain(n.weights)} GB 光放权重就满了；而检查点是训练手段，训练时仅模型状态就要 ${plain(n.states)} GB。`,
    }),
  }),
  claim({
    number: 14,
    articles: "000",
    claim: {
      en: "A 32B model runs in 48 GB with tensor parallelism and dynamic batching.",
      zh: "32B 模型用张量并行加动态批处理，48 GB 可跑。",
    },
    verdict: ["conditional"],
    check: () => ({
      bf16: weightsGb(models.distilled32b, "bf16"),
      int8: weightsGb(models.distilled32b, "int8"),
      int4: weightsGb(models.distilled32b, "int4"),
    }),
    judge: (n) => [verdictOver(n.bf16 < 48, n.int8 < 48, n.int4 < 48)],
    figure: (n) => ({
      en: `The format decides: ${plain(n.bf16, 1)} GB of weights in 16 bits do not fit, ${plain(n.int8, 1)} GB in INT8 and ${plain(n.int4, 1)} GB in INT4 do. Tensor parallelism divides a total, it does not shrink it.`,
      zh: `关键在精度：16 位权重 ${plain(n.bf16, 1)} GB 放不下，INT8 的 ${plain(n.int8, 1)} GB 和 INT4 的 ${plain(n.int4, 1)} GB 放得下。张量并行只是把总量分摊，并不会减少总量。`,
    }),
  }),
  claim({
    number: 15,
    articles: "000",
    claim: { en: "A 1.5B model in INT8 runs on 8 GB.", zh: "1.5B 模型用 INT8 在 8 GB 上可跑。" },
    verdict: ["right"],
    check: () => {
      const request = {
        model: models.distilled1b5,
        precision: { weights: "int8" },
        accelerator: { id: "l4", memoryGib: gbToGib(8) },
      } as const;
      const { kvCache } = memory({ ...request, engine: { maxModelLen: 8192 } });
      return {
        parameters: parameters(models.distilled1b5).total,
        inInt8: weightsGb(models.distilled1b5, "int8"),
        inBf16: weightsGb(models.distilled1b5, "bf16"),
        requests: kvCache?.maxConcurrency ?? 0,
      };
    },
    judge: (n) => [verdictOver(n.inBf16 < 8, n.requests >= 1)],
    figure: (n) => ({
      en: `${plain(n.parameters)} parameters: ${plain(n.inInt8, 1)} GB with 16-bit embeddings, ${plain(n.inBf16, 1)} GB even in BF16; room for several requests of 8,192 tokens is left.`,
      zh: `${plain(n.parameters)} 个参数：词嵌入保持 16 位时为 ${plain(n.inInt8, 1)} GB，就算全用 BF16 也只有 ${plain(n.inBf16, 1)} GB；余下的显存还放得下好几个 8,192 token 的请求。`,
    }),
  }),
  claim({
    number: 16,
    articles: "000",
    claim: { en: "DeepSeek-Vision needs 96 GB.", zh: "DeepSeek-Vision 需要 96 GB。" },
    verdict: ["cannot-be-checked"],
    check: () => ({ modelsOfThatName: isBundled("deepseek-ai/DeepSeek-Vision") ? 1 : 0 }),
    judge: (n) => [verdictOver(n.modelsOfThatName > 0 ? false : undefined)],
    figure: () => ({
      en: `No model of that name is known, so there is no shape to count.`,
      zh: `查不到这个名字的模型，没有结构可算。`,
    }),
  }),
  claim({
    number: 17,
    articles: "002",
    claim: { en: "A 7B model in FP16 at batch 16 fits 24 GB and needs an A100.", zh: "7B 模型 FP16、批大小 16，24 GB 可放，需要 A100。" },
    verdict: ["conditional", "wrong"],
    check: () => {
      const plainHeads = tokensForEach(models.llama2Of7b, "l4", 16);
      return {
        plainHeads,
        grouped: tokensForEach(models.qwen25Of7b, "l4", 16),
        l4Gb: chip("l4").marketedGb,
        a10Gb: chip("a10").marketedGb,
        a30Gb: chip("a30").marketedGb,
      };
    },
    judge: (n) => [verdictOver(n.plainHeads >= 2048, n.grouped >= 2048), verdictOver(Math.max(n.l4Gb, n.a10Gb, n.a30Gb) < 24)],
    figure: (n) => ({
      en: `How long the requests are decides: about ${hundreds(n.plainHeads)} tokens each with full multi-head attention, ${hundreds(n.grouped)} with grouped-query heads (L4). Any card of 24 GB will do: A10, L4, A30.`,
      zh: `要看请求有多长：完整多头注意力（MHA）下每个请求约 ${hundreds(n.plainHeads)} 个 token，分组查询（GQA）下约 ${hundreds(n.grouped)} 个（以 L4 计）。任何 24 GB 的卡都行：A10、L4、A30，不必用 A100。`,
    }),
  }),
  claim({
    number: 18,
    articles: "002",
    claim: { en: "A 7B model in FP16 at batch 32 fits an A100 80GB.", zh: "7B 模型 FP16、批大小 32，一张 A100 80GB 放得下。" },
    verdict: ["conditional"],
    check: () => ({
      plainHeads: tokensForEach(models.llama2Of7b, "a100-sxm-80gb", 32),
      grouped: tokensForEach(models.qwen25Of7b, "a100-sxm-80gb", 32),
      longest: 32_768,
    }),
    judge: (n) => [verdictOver(n.plainHeads >= 2048, n.plainHeads >= n.longest)],
    figure: (n) => ({
      en: `Up to about ${hundreds(n.plainHeads)} tokens for each request with full multi-head attention, ${hundreds(n.grouped)} with grouped-query heads; not at ${plain(n.longest)} with the former.`,
      zh: `MHA 下每个请求最长约 ${hundreds(n.plainHeads)} 个 token，GQA 下约 ${hundreds(n.grouped)} 个；MHA 若要 ${plain(n.longest)} 就放不下。`,
    }),
  }),
  claim({
    number: 19,
    articles: "002",
    claim: { en: "A 13B model on an A100 80GB needs activation checkpointing.", zh: "13B 模型在 A100 80GB 上需要激活检查点。" },
    verdict: ["wrong"],
    check: () => {
      const { total } = parameters(models.llama2Of13b);
      const recomputed = training({ model: models.llama2Of13b, recompute: "full" }).perAccelerator;
      return {
        serving: weightsGb(models.llama2Of13b, "bf16"),
        states: (total * statesPerParameter("bf16-mixed")) / 1e9,
        recomputed: gibToGb(recomputed.totalGib),
        visible: gibToGb(recomputed.visibleGib),
      };
    },
    judge: (n) => [verdictOver(n.serving > n.visible, n.recomputed < n.visible)],
    figure: (n) => ({
      en: `Serving takes ${plain(n.serving, 1)} GB of weights and keeps nothing for a backward pass. Training needs ${plain(n.states)} GB of states, which checkpointing does not touch: one card (${plain(n.visible)} GB visible) cannot hold them either way.`,
      zh: `推理的权重为 ${plain(n.serving, 1)} GB，没有反向传播，也就没有什么可做检查点。训练光模型状态就要 ${plain(n.states)} GB，检查点减不了它，一张卡（可见 ${plain(n.visible)} GB）怎么都放不下。`,
    }),
  }),
  claim({
    number: 20,
    articles: "002",
    claim: { en: "Memory in GB = (parameters × 2 + activations × 4) / 1024.", zh: "显存（GB）=（参数量×2 + 激活×4）/1024。" },
    verdict: ["conditional"],
    check: () => ({ inMillions: (7000 * 2) / 1024, inBillions: (7 * 2) / 1024, gb: 14, gib: gbToGib(14) }),
    judge: (n) => [verdictOver(agrees(n.inMillions, n.gib), agrees(n.inBillions, n.gib))],
    figure: (n) => ({
      en: `Holds for parameters in millions only: 7B gives ${plain(n.inMillions, 2)} where the weights are ${plain(n.gb, 1)} GB = ${plain(n.gib, 2)} GiB (${percent(n.inMillions / n.gib - 1, 1)} % off). In billions it gives ${plain(n.inBillions, 4)}. It has no term for the KV cache.`,
      zh: `只有参数量以百万计时才成立：7B 得 ${plain(n.inMillions, 2)}，实际权重为 ${plain(n.gb, 1)} GB（${plain(n.gib, 2)} GiB，差 ${percent(n.inMillions / n.gib - 1, 1)}%）；以十亿计则得 ${plain(n.inBillions, 4)}。公式里也没有 KV 缓存。`,
    }),
  }),
  claim({
    number: 21,
    articles: "002",
    claim: {
      en: "DeepSeek-V2 has 13B to 65B parameters, R1 175B and more, Lite 1.5B to 7B.",
      zh: "DeepSeek-V2 为 13B–65B，R1 为 175B 以上，Lite 为 1.5B–7B。",
    },
    verdict: ["wrong"],
    check: () => ({
      v2: inBillions(models.deepseekV2).total,
      v2Active: inBillions(models.deepseekV2).active,
      lite: inBillions(models.deepseekV2Lite).total,
      r1: inBillions(models.deepseekR1).total,
      r1Active: inBillions(models.deepseekR1).active,
      smallest: inBillions(models.distilled1b5).total,
      largest: inBillions(models.distilled70b).total,
    }),
    judge: (n) => [verdictOver(n.v2 >= 13 && n.v2 <= 65, n.lite >= 1.5 && n.lite <= 7, agrees(175, n.r1, 0.5))],
    figure: (n) => ({
      en: `V2 ${plain(n.v2, 1)}B (${plain(n.v2Active)}B active), V2-Lite ${plain(n.lite, 1)}B, R1 ${plain(n.r1)}B (${plain(n.r1Active)}B active). ${plain(n.smallest, 1)}B to ${plain(n.largest)}B are the models distilled from R1.`,
      zh: `V2 为 ${plain(n.v2, 1)}B（激活 ${plain(n.v2Active)}B），V2-Lite 为 ${plain(n.lite, 1)}B，R1 为 ${plain(n.r1)}B（激活 ${plain(n.r1Active)}B）。${plain(n.smallest, 1)}B 到 ${plain(n.largest)}B 的是 R1 的蒸馏模型。`,
    }),
  }),
  claim({
    number: 22,
    articles: "004",
    claim: { en: "64 experts of 1B and 10B shared make a model of 74B.", zh: "64 个 1B 专家加 10B 共享部分，共 74B。" },
    verdict: ["right"],
    check: () => ({ total: 10 + 64 * 1, active: 10 + 0.25 * 64 }),
    judge: (n) => [verdictOver(n.total === 74)],
    figure: (n) => ({
      en: `10 + 64 × 1 = ${n.total}B. With a quarter of the experts at work a token uses 10 + 16 = ${n.active}B.`,
      zh: `10 + 64 × 1 = ${n.total}B。激活四分之一的专家时，每个 token 用到 10 + 16 = ${n.active}B。`,
    }),
  }),
  claim({
    number: 23,
    articles: "004",
    claim: { en: "74B parameters in FP16 take 74 × 2 / 1024² = 0.143 GB.", zh: "74B 参数用 FP16 占 74×2/1024² = 0.143 GB。" },
    verdict: ["wrong"],
    check: () => ({
      gb: (74 * billion * 2) / 1e9,
      gib: gbToGib(148),
      asPrinted: (74 * 2) / 1024 ** 2,
      byOneStep: (74 * 2) / 1024,
      timesOff: 148 / 0.143,
    }),
    judge: (n) => [verdictOver(agrees(0.143, n.gb, 0.5), agrees(0.143, n.asPrinted))],
    figure: (n) => ({
      en: `74 × 10⁹ × 2 B = ${plain(n.gb)} GB (${plain(n.gib, 1)} GiB), about ${plain(n.timesOff)} times more. The sum as printed is ${plain(n.asPrinted, 6)}; divided by 1024 once it is ${plain(n.byOneStep, 4)}, which would be terabytes.`,
      zh: `74 × 10⁹ × 2 字节 = ${plain(n.gb)} GB（${plain(n.gib, 1)} GiB），是所称的约 ${plain(n.timesOff)} 倍。照原式算其实是 ${plain(n.asPrinted, 6)}；只除一次 1024 得 ${plain(n.byOneStep, 4)}，单位该是 TB。`,
    }),
  }),
];

/** Tokens that each of so many requests can hold at once. */
const tokensForEach = (model: { readonly id: string }, acceleratorId: string, requests: number): number =>
  (memory({ model, accelerator: { id: acceleratorId }, engine: { maxModelLen: 4096 } }).kvCache?.tokens ?? 0) / requests;

/** An estimate's engine part has a spread of its own: two figures are all it can show. */
const hundreds = (tokens: number): string => plain(Math.round(tokens / 100) * 100);

const inBillions = (model: { readonly id: string }): { readonly total: number; readonly active: number } => {
  const { total, active } = parameters(model);
  return { total: total / billion, active: active / billion };
};
