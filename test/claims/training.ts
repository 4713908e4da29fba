import type { TrainingRequest } from "@headroom/core";
import { chip } from "./chip-facts.ts";
import { type CheckedClaim, claim } from "./claim.ts";
import { flopsOverRule, memory, models, parameters, statesPerParameter, training, weightsPerParameter } from "./model-facts.ts";
import { percent, plain } from "./numerals.ts";
import { agrees, verdictOver } from "./verdict-over.ts";

/** 8-bit moments beside 16-bit weights and gradients. */
const narrowAdam = { gradients: 2, moments: 2 * 1 };

export const trainingClaims: readonly CheckedClaim[] = [
  claim({
    number: 39,
    articles: "000",
    claim: { en: "Gradients and optimizer need 2 to 3 times the weights on top.", zh: "梯度和优化器额外需要权重的 2–3 倍。" },
    verdict: ["conditional"],
    check: () => ({
      mixed: besideWeights("bf16-mixed"),
      all16: besideWeights("bf16"),
      narrow: (narrowAdam.gradients + narrowAdam.moments) / 2,
      of175: 175 * statesPerParameter("bf16-mixed"),
    }),
    judge: (n) => [verdictOver(within2To3(n.mixed), within2To3(n.all16), within2To3(n.narrow))],
    figure: (n) => ({
      en: `Not in the usual mixed precision: 14 B beside 2 B of weights are ${plain(n.mixed)} times (${plain(n.of175)} GB in all for 175B). ${plain(n.all16)} times if everything is in 16 bits, ${plain(n.narrow)} times with 8-bit moments.`,
      zh: `常用的混合精度下不成立：2 字节权重之外还有 14 字节，是 ${plain(n.mixed)} 倍（175B 合计 ${plain(n.of175)} GB）。全部用 16 位时是 ${plain(n.all16)} 倍，动量用 8 位时是 ${plain(n.narrow)} 倍。`,
    }),
  }),
  claim({
    number: 40,
    articles: "001",
    claim: { en: "Adam in FP32 needs 3 × parameters: 175B take 525 GB on a card.", zh: "FP32 Adam 需要 3×参数量：175B 单卡 525 GB。" },
    verdict: ["wrong"],
    check: () => ({ bytes: statesPerParameter("fp32"), gb: 175 * statesPerParameter("fp32"), threeCopies: 175 * 3 * 4 }),
    judge: (n) => [verdictOver(agrees(525, n.gb, 0.5), agrees(525, n.threeCopies, 0.5))],
    figure: (n) => ({
      en: `That counts one byte for each value. FP32 weights, gradients and two moments are ${plain(n.bytes)} B a parameter: ${plain(n.gb)} GB; even three copies are ${plain(n.threeCopies)} GB. And it is the total of the run, which sharding divides over its cards.`,
      zh: `这等于把每个数按 1 字节算。FP32 的权重、梯度和两个动量共每参数 ${plain(n.bytes)} 字节，合 ${plain(n.gb)} GB；只算三份也有 ${plain(n.threeCopies)} GB。而且这是全部显卡的总量，不是单卡的量。`,
    }),
  }),
  claim({
    number: 41,
    articles: "000",
    claim: { en: "8 × A100 80GB train a 175B model.", zh: "8 张 A100 80GB 可训练 175B 模型。" },
    verdict: ["wrong"],
    check: () => ({
      have: 8 * chip("a100-sxm-80gb").marketedGb,
      mixed: 175 * statesPerParameter("bf16-mixed"),
      all16: 175 * statesPerParameter("bf16"),
      cardsFull: Math.ceil((175 * 16) / 80),
      cardsAt85: Math.ceil((175 * 16) / (80 * 0.85)),
      frozen: 175 * 2,
    }),
    judge: (n) => [verdictOver(n.mixed <= n.have, n.all16 <= n.have)],
    figure: (n) => ({
      en: `${plain(n.have)} GB against ${plain(n.mixed)} GB of states (${plain(n.all16)} GB all in 16 bits): they alone fill ${n.cardsFull} cards to the brim, ${n.cardsAt85} at 85 %. What does fit is LoRA on frozen BF16 weights (${plain(n.frozen)} GB).`,
      zh: `显存 ${plain(n.have)} GB，而模型状态要 ${plain(n.mixed)} GB（全 16 位为 ${plain(n.all16)} GB）：光状态就要塞满 ${n.cardsFull} 张卡，按 85% 利用要 ${n.cardsAt85} 张。放得下的是在冻结的 BF16 权重（${plain(n.frozen)} GB）上做 LoRA。`,
    }),
  }),
  claim({
    number: 42,
    articles: "000",
    claim: { en: "Checkpointing takes the training of a 6B model from 24 GB to 12 GB.", zh: "检查点把 6B 模型的训练从 24 GB 降到 12 GB。" },
    verdict: ["wrong"],
    check: () => ({ mixed: 6 * statesPerParameter("bf16-mixed"), all16: 6 * statesPerParameter("bf16"), weights: 6 * 2 }),
    judge: (n) => [verdictOver(n.mixed <= 24, n.all16 <= 24)],
    figure: (n) => ({
      en: `The states are ${plain(n.mixed)} GB (${plain(n.all16)} GB all in 16 bits), and checkpointing lowers activations only. ${n.weights} GB is the size of the weights; with QLoRA on 4-bit weights such a figure can be reached.`,
      zh: `模型状态是 ${plain(n.mixed)} GB（全 16 位为 ${plain(n.all16)} GB），检查点只能减少激活。${n.weights} GB 其实是权重的大小；用 4 位权重的 QLoRA 才可能降到这个数。`,
    }),
  }),
  claim({
    number: 43,
    articles: "000",
    claim: { en: "Checkpointing costs 20 % of the time, and moves activations to the CPU.", zh: "检查点增加 20% 时间，并把激活移到 CPU。" },
    verdict: ["conditional", "wrong"],
    check: () => {
      const run = { model: models.llama2Of7b, globalBatchSize: 256 };
      const seconds = training({ ...run, recompute: "full" }).stepSeconds / training({ ...run, recompute: "none" }).stepSeconds - 1;
      const attention = 1 - 1 / flopsOverRule(models.llama2Of7b, 2048);
      return { flops: (2 + 2 + 4) / (2 + 4) - 1, seconds, attentionAlone: attention / 3 };
    },
    judge: (n) => [verdictOver(n.flops <= 0.2, n.attentionAlone <= 0.2), verdictOver(n.seconds < 0.05)],
    figure: (n) => ({
      en: `Recomputing every layer adds (2 + 2 + 4) / (2 + 4) − 1 = ${percent(n.flops)} % of the FLOPs (${percent(n.seconds)} % of an estimated step of Llama 2 7B); recomputing the inside of the attention alone about ${percent(n.attentionAlone)} %. Activations are thrown away and computed again; moving them to the CPU is offloading, another technique.`,
      zh: `每层都重算，计算量增加 (2 + 2 + 4) / (2 + 4) − 1 = ${percent(n.flops)}%（Llama 2 7B 的单步时间估计增加 ${percent(n.seconds)}%）；只重算注意力内部约 ${percent(n.attentionAlone)}%。检查点是把激活丢掉再算一遍，移到 CPU 叫卸载（offload），是另一种技术。`,
    }),
  }),
  claim({
    number: 44,
    articles: "002",
    claim: { en: "Activation checkpointing saves 40 % of memory.", zh: "激活检查点节省 40% 显存。" },
    verdict: ["conditional"],
    check: () => ({ ofActivations: 1 - 2 / 34, small: savedByRecompute(1), large: savedByRecompute(16) }),
    judge: (n) => [verdictOver(n.ofActivations >= 0.4, n.small >= 0.4, n.large >= 0.4)],
    figure: (n) => ({
      en: `Of the activations up to ${percent(n.ofActivations)} % (34 bytes to 2, times sequence, batch and hidden size, in every layer). Of the whole, by how much of it they are: an 8B run on 8 cards, states sharded, saves ${percent(n.small)} % at one sequence of 2,048 tokens a card, ${percent(n.large)} % at sixteen.`,
      zh: `就激活本身最多可省 ${percent(n.ofActivations)}%（每层由 34 降到 2 字节，乘以序列长度、批大小和隐藏维度）。占总量多少要看激活的比重：8 卡分片训练 8B 模型，每卡 1 条 2,048 token 序列省 ${percent(n.small)}%，16 条省 ${percent(n.large)}%。`,
    }),
  }),
  claim({
    number: 45,
    articles: "002",
    claim: { en: "A 65B model trains on 4 nodes, 4 × H100.", zh: "65B 模型训练用 4 个节点、4×H100。" },
    verdict: ["conditional"],
    check: () => ({
      states: 65 * statesPerParameter("bf16-mixed"),
      each: (65 * statesPerParameter("bf16-mixed")) / 16,
      visibleGb: chip("h100-sxm").visibleBytes / 1e9,
      four: 4 * 80,
    }),
    judge: (n) => [verdictOver(n.each < n.visibleGb, n.states < n.four)],
    figure: (n) => ({
      en: `If that is 16 cards, ${plain(n.states)} GB of states, sharded, are ${plain(n.each)} GB of each card's ${plain(n.visibleGb)} before any activation: tight. If it is 4 cards, as its own manifest has it, ${n.four} GB cannot hold them.`,
      zh: `若指 16 张卡，${plain(n.states)} GB 状态分片后每卡 ${plain(n.each)} GB（可见 ${plain(n.visibleGb)} GB），还没算激活，很紧；若如其部署文件所写只有 4 张卡，${n.four} GB 放不下。`,
    }),
  }),
  claim({
    number: 46,
    articles: "002",
    claim: { en: "DeepSeek-R1 needs at least 512 H100.", zh: "DeepSeek-R1 至少需要 512 张 H100。" },
    verdict: ["wrong"],
    check: () => ({
      serveOn8:
        memory({
          model: models.deepseekR1,
          layout: { tensorParallelSize: 8 },
          engine: { maxModelLen: 32_768 },
          accelerator: { id: "h200-sxm" },
        }).kvCache?.maxConcurrency ?? 0,
      statesEach: (parameters(models.deepseekR1).total * 16) / 512 / 1e9,
      daysOn512: 2.788e6 / 512 / 24,
    }),
    judge: (n) => [verdictOver(n.serveOn8 < 1, n.statesEach > 80)],
    figure: (n) => ({
      en: `To serve it 8 H200 or 16 H100 will do (claim 31). Training its base took 2,048 H800 and 2,788,000 GPU-hours (arXiv 2412.19437): 512 would hold the states (${plain(n.statesEach)} GB each) and take ${plain(n.daysOn512)} days. 512 is a limit of neither.`,
      zh: `推理用 8 张 H200 或 16 张 H100 就够（见第 31 条）。其基座训练用了 2,048 张 H800、278.8 万 GPU 小时（arXiv 2412.19437）：512 张也放得下状态（每卡 ${plain(n.statesEach)} GB），只是要 ${plain(n.daysOn512)} 天。无论推理还是训练，512 都不是下限。`,
    }),
  }),
  claim({
    number: 47,
    articles: "002",
    claim: {
      en: "Sparse activation saves 60 % of the computation; effective parameters are 3 times the active.",
      zh: "稀疏激活节省 60% 计算；有效参数为激活参数的 3 倍。",
    },
    verdict: ["wrong", "cannot-be-checked"],
    check: () => ({
      savedV3: 1 - activeShare(models.deepseekV3),
      savedV2: 1 - activeShare(models.deepseekV2),
      timesV3: 1 / activeShare(models.deepseekV3),
      timesV2: 1 / activeShare(models.deepseekV2),
    }),
    judge: (n) => [verdictOver(agrees(0.6, n.savedV3, 0.2), agrees(0.6, n.savedV2, 0.2)), verdictOver(undefined)],
    figure: (n) => ({
      en: `DeepSeek-V3 leaves ${percent(n.savedV3, 1)} % of its parameters out of a token's work, V2 ${percent(n.savedV2, 1)} %; all are ${plain(n.timesV3, 1)} and ${plain(n.timesV2, 1)} times the active ones. What "effective" would mean is not said.`,
      zh: `DeepSeek-V3 每个 token 有 ${percent(n.savedV3, 1)}% 的参数不参与计算，V2 为 ${percent(n.savedV2, 1)}%；总参数分别是激活参数的 ${plain(n.timesV3, 1)} 倍和 ${plain(n.timesV2, 1)} 倍。“有效参数”指什么，原文没有定义。`,
    }),
  }),
];

const besideWeights = (precision: NonNullable<TrainingRequest["precision"]>): number =>
  statesPerParameter(precision) / weightsPerParameter(precision) - 1;

const within2To3 = (times: number): boolean => times > 1.95 && times < 3.05;

/** Share of the peak that full recomputation saves an 8B model on 8 cards with sharded optimizer states. */
const savedByRecompute = (microBatchSize: number): number => {
  const run = { model: models.llama31Of8b, accelerators: 8, shard: "zero-3", microBatchSize, globalBatchSize: 8 * microBatchSize } as const;
  const [kept, recomputed] = [training({ ...run, recompute: "none" }), training({ ...run, recompute: "full" })];
  return 1 - recomputed.perAccelerator.totalGib / kept.perAccelerator.totalGib;
};

const activeShare = (model: { readonly id: string }): number => {
  const { total, active } = parameters(model);
  return active / total;
};
