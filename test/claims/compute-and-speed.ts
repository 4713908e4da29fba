import { bandwidthGb, chip, teraflops } from "./chip-facts.ts";
import { type CheckedClaim, claim } from "./claim.ts";
import { flopsOverRule, kvBytesPerToken, models, parameters, weightsGb } from "./model-facts.ts";
import { percent, plain } from "./numerals.ts";
import { agrees, verdictOver } from "./verdict-over.ts";

/** Tokens a second that article 001 wants for one user. */
const enough = 15;

export const computeAndSpeed: readonly CheckedClaim[] = [
  claim({
    number: 48,
    articles: "002",
    claim: { en: "FLOPs = 2 · parameters · tokens · batch.", zh: "计算量 ≈ 2×参数量×长度×批大小。" },
    verdict: ["conditional"],
    check: () => {
      const { total, active } = parameters(models.deepseekV3);
      return { short: flopsOverRule(models.llama31Of8b, 1024), long: flopsOverRule(models.llama31Of8b, 131_072), mixture: active / total };
    },
    judge: (n) => [verdictOver(agrees(1, n.short), agrees(1, n.long), agrees(1, n.mixture))],
    figure: (n) => ({
      en: `For a forward pass without attention. With it Llama 3.1 8B does ${plain(n.short, 2)} times that at 1,024 tokens, ${plain(n.long, 2)} times at 131,072. Of a mixture only the active parameters count (DeepSeek-V3: ${percent(n.mixture, 1)} %). Training is 6 instead of 2.`,
      zh: `指不计注意力的一次前向。算上注意力，Llama 3.1 8B 在 1,024 token 时是该值的 ${plain(n.short, 2)} 倍，131,072 token 时是 ${plain(n.long, 2)} 倍。MoE 只应计激活参数（DeepSeek-V3 为 ${percent(n.mixture, 1)}%）。训练的系数是 6 而不是 2。`,
    }),
  }),
  claim({
    number: 49,
    articles: "001",
    claim: {
      en: "Each 10¹² parameters need 30 TFLOPS, so 6B need at least 180 TFLOPS.",
      zh: "每 10¹² 参数需 30 TFLOPS，所以 6B 至少要 180 TFLOPS。",
    },
    verdict: ["wrong"],
    check: () => ({
      ownRule: (6e9 / 1e12) * 30,
      gflopPerToken: (2 * 6e9) / 1e9,
      at15: (2 * 6e9 * 15) / 1e12,
      a100: bandwidthGb("a100-sxm-80gb") / 12,
      h100: bandwidthGb("h100-sxm") / 12,
    }),
    judge: (n) => [verdictOver(agrees(180, n.ownRule, 0.5), agrees(180, n.at15, 0.5))],
    figure: (n) => ({
      en: `Its own rule gives 0.006 × 30 = ${plain(n.ownRule, 2)} TFLOPS, a thousandth. A token is ${n.gflopPerToken} GFLOP, so 15 tokens a second need ${plain(n.at15, 2)} TFLOPS. What limits is the reading of 12 GB for each token: at most ${plain(n.a100)} tokens a second on an A100 80GB, ${plain(n.h100)} on an H100.`,
      zh: `按它自己的规则是 0.006 × 30 = ${plain(n.ownRule, 2)} TFLOPS，差一千倍。每个 token 为 ${n.gflopPerToken} GFLOP，每秒 15 个只需 ${plain(n.at15, 2)} TFLOPS。真正的瓶颈是每个 token 都要读一遍 12 GB 权重：单请求在 A100 80GB 上每秒至多 ${plain(n.a100)} 个 token，H100 上 ${plain(n.h100)} 个。`,
    }),
  }),
  claim({
    number: 50,
    articles: "002",
    claim: { en: "The first token of a 7B model comes within 200 ms.", zh: "7B 模型首 token 延迟低于 200 ms。" },
    verdict: ["conditional"],
    check: () => ({ short: firstTokenMs(1000), long: firstTokenMs(3000) }),
    judge: (n) => [verdictOver(n.short < 200, n.long < 200)],
    figure: (n) => ({
      en: `On an idle A100 at 60 % of its peak, 1,000 tokens take ${plain(n.short)} ms and 3,000 take ${plain(n.long)} ms. Under load the wait for the requests before it comes on top.`,
      zh: `空闲的 A100 以峰值 60% 计，1,000 token 的输入约 ${plain(n.short)} ms，3,000 token 约 ${plain(n.long)} ms。有负载时还要加上排队时间。`,
    }),
  }),
  claim({
    number: 51,
    articles: "001",
    claim: { en: "INT8 cuts latency by 40 %.", zh: "INT8 使延迟降低 40%。" },
    verdict: ["conditional"],
    check: () => ({ alone: savedByInt8(1, 1024), crowded: savedByInt8(64, 8192) }),
    judge: (n) => [verdictOver(n.alone >= 0.4, n.crowded >= 0.4)],
    figure: (n) => ({
      en: `At most half of the weight reads can go. Bytes read for a step of Llama 3.1 8B fall by ${percent(n.alone)} % for one request of 1,024 tokens, by ${percent(n.crowded)} % for 64 of 8,192, where the cache is most of it; the host's time stays.`,
      zh: `最多省下一半的权重读取。Llama 3.1 8B 每步读取的字节数：单个 1,024 token 的请求减少 ${percent(n.alone)}%，64 个 8,192 token 的请求只减少 ${percent(n.crowded)}%，因为大头是 KV 缓存；主机端时间也不变。`,
    }),
  }),
  claim({
    number: 52,
    articles: "000",
    claim: { en: "For 50 requests a second raise the batch from 8 to 16.", zh: "QPS 50 时把批大小从 8 提到 16。" },
    verdict: ["wrong"],
    check: () => ({ inFlight: 50 * 500 * 0.03, lastsAt8: 8 / 50, lastsAt16: 16 / 50, timesOff: (50 * 500 * 0.03) / 16 }),
    judge: (n) => [verdictOver(n.inFlight <= 16)],
    figure: (n) => ({
      en: `By Little's law 50 requests a second of 500 tokens at 30 ms each are ${n.inFlight} in flight, ${plain(n.timesOff)} times more. A batch of 8 keeps up only if a request lasts ${plain(n.lastsAt8, 2)} s, of 16 if ${plain(n.lastsAt16, 2)} s.`,
      zh: `按利特尔定律，每秒 50 个请求、每个 500 token、每 token 30 ms，同时在途的是 ${n.inFlight} 个，是 16 的 ${plain(n.timesOff)} 倍。批大小 8 只有在请求 ${plain(n.lastsAt8, 2)} 秒内结束时才跟得上，16 则要 ${plain(n.lastsAt16, 2)} 秒。`,
    }),
  }),
  claim({
    number: 53,
    articles: "000",
    claim: { en: "A Jetson Orin 64GB will do, with INT8.", zh: "Jetson Orin 64GB 配 INT8 即可部署。" },
    verdict: ["conditional"],
    check: () => {
      const int8 = weightsGb(models.distilled32b, "int8");
      const bandwidth = bandwidthGb("jetson-agx-orin-64gb");
      return {
        int8,
        memory: chip("jetson-agx-orin-64gb").marketedGb,
        bandwidth,
        speedOf32b: bandwidth / int8,
        speedOf7b: bandwidth / weightsGb(models.llama2Of7b, "int8"),
      };
    },
    judge: (n) => [verdictOver(n.int8 < n.memory, n.speedOf7b >= enough, n.speedOf32b >= enough)],
    figure: (n) => ({
      en: `A 32B model fits (${plain(n.int8, 1)} GB), but ${plain(n.bandwidth, 1)} GB/s read it ${plain(n.speedOf32b, 1)} times a second: at most that many tokens for one user. A 7B model reaches ${plain(n.speedOf7b)}; another of the articles asks for ${enough}.`,
      zh: `32B 模型放得下（${plain(n.int8, 1)} GB），但带宽只有 ${plain(n.bandwidth, 1)} GB/s，每秒最多读 ${plain(n.speedOf32b, 1)} 遍权重，单用户也就至多这么多 token；7B 模型可到 ${plain(n.speedOf7b)}；另一篇文章要求每秒 ${enough} 个。`,
    }),
  }),
];

const firstTokenMs = (tokens: number): number => ((2 * 7e9 * tokens) / (teraflops("a100-sxm-80gb") * 1e12 * 0.6)) * 1000;

/** Share of a decode step's bytes, weights and cache, that 8-bit weights save. */
const savedByInt8 = (requests: number, tokens: number): number => {
  const cache = (kvBytesPerToken(models.llama31Of8b) * requests * tokens) / 1e9;
  const [wide, narrow] = [weightsGb(models.llama31Of8b, "bf16"), weightsGb(models.llama31Of8b, "int8")];
  return 1 - (narrow + cache) / (wide + cache);
};
