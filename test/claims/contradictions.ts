import type { Bilingual } from "./claim.ts";
import { percent, plain, usdText } from "./numerals.ts";
import { rentAgainstOwn } from "./prices.ts";

/** Where the articles disagree with one another or with themselves. */
export const contradictions = (): readonly Bilingual[] => {
  const { reserved, breakEvenUse } = rentAgainstOwn();
  return [
    {
      en: `002 recommends owning at $85,000 a year. Take its own 40 % off for reserving from its own $120,000, and renting costs ${usdText(reserved)}, less than owning. Against its on-demand price owning pays from ${percent(breakEvenUse)} % use.`,
      zh: `002 主张自建，每年 85,000 美元。但用它自己的数字，12 万美元打六折（预留省 40%）后租用只要 ${usdText(reserved)}，比自建便宜。若只与它的按需价相比，使用率超过 ${percent(breakEvenUse)}% 自建才划算。`,
    },
    {
      en: `On demand against reserved: 001 has 1.4 times, 002 has 40 % off, which is ${plain(1 / (1 - 0.4), 2)} times. Only one can hold for the same term.`,
      zh: `按需与预留的差价：001 说贵 40%（1.4 倍），002 说预留省 40%（相当于 ${plain(1 / (1 - 0.4), 2)} 倍）。同一期限下不可能都对。`,
    },
    {
      en: `Training 175B: 000 is content with 8 cards of 80 GB (${plain(8 * 80)} GB), 001 asks for 525 GB on a single card. The states are ${plain(175 * 16)} GB.`,
      zh: `训练 175B：000 认为 8 张 80 GB 的卡（共 ${plain(8 * 80)} GB）就够，001 却说单卡要 525 GB。实际模型状态是 ${plain(175 * 16)} GB。`,
    },
    {
      en: "003 insists that every parameter must be loaded to the last byte, and two lines on loads only the active ones.",
      zh: "003 先强调所有参数必须全部加载、一个字节都不能少，两行之后又说只需加载激活参数。",
    },
    {
      en: "Checkpointing: 000 moves activations to the CPU and halves the memory, 002 recomputes them and saves 40 %.",
      zh: "检查点：000 说是把激活移到 CPU，显存减半；002 说是重新计算，节省 40%。",
    },
  ];
};

/** Code printed in the articles that does not do what it is said to do. */
export const brokenCode: readonly Bilingual[] = [
  {
    en: "000's tensor-parallel example cuts the input into pieces but keeps the whole layer on one card, so no weight is spread.",
    zh: "000 的张量并行示例只切了输入，整层权重仍在一张卡上，根本没有分摊。",
  },
  {
    en: "000's dynamic batching waits for a full batch only: the last requests of a quiet hour are never sent.",
    zh: "000 的动态批处理只在攒满一批时才发送，低峰时段凑不满的请求永远发不出去。",
  },
  {
    en: "000's scaling group uses field names that AWS does not have, and a metric of the CPU (claim 69).",
    zh: "000 的伸缩组配置用了 AWS 没有的字段名，指标还是 CPU（见第 69 条）。",
  },
  {
    en: "001 starts its training with `python` and hands it the options of `torchrun`, which alone understands them.",
    zh: "001 用 `python` 启动训练，却传入只有 `torchrun` 才认识的参数。",
  },
  {
    en: "001 gives the ZeRO stage on the command line; DeepSpeed reads it from its JSON file.",
    zh: "001 把 ZeRO 阶段写成命令行参数，而 DeepSpeed 是从 JSON 配置里读取的。",
  },
];
