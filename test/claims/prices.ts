import { dependableShare, hoursPerYear } from "@headroom/core";
import { bandwidthGb, chip, teraflops, watts } from "./chip-facts.ts";
import { type CheckedClaim, claim } from "./claim.ts";
import { models, weightsGb } from "./model-facts.ts";
import { percent, plain, usdText } from "./numerals.ts";
import { machine, offers, offersOf, price } from "./offer-facts.ts";
import { agrees, verdictOver } from "./verdict-over.ts";

const gcp = { h100: "gcp/us-central1/a3-highgpu-8g", a100: "gcp/us-central1/a2-highgpu-8g" } as const;
const aws = { a100: "aws/us-east-1/p4de.24xlarge/on-demand", h100: "aws/us-east-1/p5.48xlarge/on-demand" } as const;

/** What one article gives for a 13B model on 4 × A100, US dollars a year. */
const rented = 120_000;
const owned = 85_000;

/** AWS list, us-east-1, 2024-06-03. */
const p4deIn2024 = 40.96575;

/**
 * Half a server of 8 × A100 80GB: its price (Epoch AI hardware prices, 2021-06 and 2025-03), 6.5 kW for the whole (common knowledge,
 * not looked up), power usage effectiveness 1.54 (Uptime Institute, 2025), colocation a kW and month (CBRE, end of 2024).
 */
const server = { in2021: 300_000 / 2, in2025: 138_788 / 2, kilowatts: 6.5 / 2, pue: 1.54, usdPerKwh: 0.08, colocationUsd: 184.06 };

export const prices: readonly CheckedClaim[] = [
  claim({
    number: 68,
    articles: "000",
    claim: { en: "Spot instances in a scaling group save 60 %.", zh: "竞价实例加自动伸缩组节省 60%。" },
    verdict: ["conditional"],
    check: () => {
      const savings = spotSavings();
      const [least = 0, most = 0] = [savings[0], savings.at(-1)];
      return {
        least,
        most,
        p4d: savingOf("aws/us-east-1/p4d.24xlarge"),
        p5: savingOf("aws/us-east-1/p5.48xlarge"),
        gcpH100: savingOf(gcp.h100),
        afterLosses: 1 - 0.4 / dependableShare("spot"),
      };
    },
    judge: (n) => [verdictOver(n.most >= 0.6, n.p4d >= 0.6, n.p5 >= 0.6, n.gcpH100 >= 0.6)],
    figure: (n) => ({
      en: `By chip, place and month: ${percent(n.least)} to ${percent(n.most)} % below the same machine on demand in our catalog; p4d ${percent(n.p4d)} %, p5 ${percent(n.p5)} % (AWS, June 2025), H100 of Google Cloud ${percent(n.gcpH100)} % (July 2026). Interruptions take their share: 60 % off the price is ${percent(n.afterLosses)} % off the capacity that can be counted on.`,
      zh: `随芯片、地区和月份而变：我们的价目中比同款按需低 ${percent(n.least)}–${percent(n.most)}%；p4d ${percent(n.p4d)}%、p5 ${percent(n.p5)}%（AWS，2025 年 6 月），Google Cloud 的 H100 为 ${percent(n.gcpH100)}%（2026 年 7 月）。还要扣除中断损失：标价低 60%，按真正可用的算力算是 ${percent(n.afterLosses)}%。`,
    }),
  }),
  claim({
    number: 69,
    articles: "000",
    claim: {
      en: "A scaling group of p4d and g5.24xlarge, driven by 70 % CPU, serves the model.",
      zh: "用 p4d 和 g5.24xlarge 混合的伸缩组，按 CPU 70% 扩缩容。",
    },
    verdict: ["wrong"],
    check: () => ({ p4d: gbOf("p4d.24xlarge"), g5: gbOf("g5.24xlarge"), ratio: gbOf("p4d.24xlarge") / gbOf("g5.24xlarge") }),
    judge: (n) => [verdictOver(agrees(1, n.ratio, 0.25))],
    figure: (n) => ({
      en: `${n.p4d} GB against ${n.g5} GB a machine, ${plain(n.ratio, 1)} times: no layout suits both, and without weights the group counts them as one each. The load of a CPU says nothing of that of its GPUs.`,
      zh: `一台 ${n.p4d} GB，另一台 ${n.g5} GB，差 ${plain(n.ratio, 1)} 倍：没有一种并行方案能同时适合两者，不设权重时伸缩组又把它们各当一台。CPU 利用率也反映不了 GPU 负载。`,
    }),
  }),
  claim({
    number: 70,
    articles: "001",
    claim: { en: "On demand is 40 % dearer than reserved.", zh: "按需比预留贵 40%。" },
    verdict: ["conditional"],
    check: () => ({
      h100Year: dearer(gcp.h100, "1y"),
      a100Year: dearer(gcp.a100, "1y"),
      h100Three: dearer(gcp.h100, "3y"),
      a100Three: dearer(gcp.a100, "3y"),
      asSaving: 1 - 1 / 1.4,
    }),
    judge: (n) => [verdictOver(agrees(1.4, n.h100Year), agrees(1.4, n.a100Year), agrees(1.4, n.h100Three), agrees(1.4, n.a100Three))],
    figure: (n) => ({
      en: `That is ${percent(n.asSaving, 1)} % off for reserving. Google Cloud, July 2026: on demand costs ${plain(n.h100Year, 2)} (H100) and ${plain(n.a100Year, 2)} times (A100) the one-year price, ${plain(n.h100Three, 1)} to ${plain(n.a100Three, 1)} times the three-year one.`,
      zh: `也就是预留便宜 ${percent(n.asSaving, 1)}%。Google Cloud 2026 年 7 月：按需价是一年期的 ${plain(n.h100Year, 2)} 倍（H100）和 ${plain(n.a100Year, 2)} 倍（A100），是三年期的 ${plain(n.h100Three, 1)}–${plain(n.a100Three, 1)} 倍。`,
    }),
  }),
  claim({
    number: 71,
    articles: "002",
    claim: { en: "Reserving saves 40 %.", zh: "预留实例节省 40%。" },
    verdict: ["conditional"],
    check: () => ({
      asDearer: 1 / (1 - 0.4) - 1,
      h100Year: off(gcp.h100, "1y"),
      a100Year: off(gcp.a100, "1y"),
      h100Three: off(gcp.h100, "3y"),
      a100Three: off(gcp.a100, "3y"),
    }),
    judge: (n) => [verdictOver(n.h100Year >= 0.4, n.a100Year >= 0.4, n.h100Three >= 0.4, n.a100Three >= 0.4)],
    figure: (n) => ({
      en: `That makes on demand ${percent(n.asDearer, 1)} % dearer, not 40 % as another article has it. Google Cloud gives ${percent(n.h100Year)} to ${percent(n.a100Year)} % for one year, ${percent(n.h100Three)} to ${percent(n.a100Three)} % for three; 40 % lies between.`,
      zh: `换算过来按需要贵 ${percent(n.asDearer, 1)}%，与另一篇说的 40% 不符。Google Cloud 一年期便宜 ${percent(n.h100Year)}–${percent(n.a100Year)}%，三年期 ${percent(n.h100Three)}–${percent(n.a100Three)}%，40% 介于两者之间。`,
    }),
  }),
  claim({
    number: 72,
    articles: "001",
    claim: { en: "A100 or A800 is better value for inference than H100.", zh: "推理用 A100/A800 比 H100 更划算。" },
    verdict: ["conditional"],
    check: () => ({
      a100Bytes: (bandwidthGb("a100-sxm-80gb") * 8) / price(aws.a100),
      h100Bytes: (bandwidthGb("h100-sxm") * 8) / price(aws.h100),
      a100Flops: (teraflops("a100-sxm-80gb") * 8) / price(aws.a100),
      h100Flops: (teraflops("h100-sxm") * 8) / price(aws.h100),
      h100Fp8: (teraflops("h100-sxm", "fp8") * 8) / price(aws.h100),
    }),
    judge: (n) => [verdictOver(n.a100Bytes > n.h100Bytes, n.a100Flops > n.h100Flops, n.a100Flops > n.h100Fp8)],
    figure: (n) => ({
      en: `For a dollar an hour (AWS, July 2026) an A100 reads ${plain(n.a100Bytes)} GB/s, an H100 ${plain(n.h100Bytes)}; but computes ${plain(n.a100Flops)} TFLOPS in BF16 against ${plain(n.h100Flops)}, or ${plain(n.h100Fp8)} in FP8. Long answers in 16 bits: A100. Long prompts, or FP8: H100.`,
      zh: `每小时每美元（AWS，2026 年 7 月）：显存带宽 A100 为 ${plain(n.a100Bytes)} GB/s，H100 为 ${plain(n.h100Bytes)}；BF16 算力 A100 为 ${plain(n.a100Flops)} TFLOPS，H100 为 ${plain(n.h100Flops)}，FP8 更达 ${plain(n.h100Fp8)}。16 位长输出选 A100；长输入或用 FP8 选 H100。`,
    }),
  }),
  claim({
    number: 73,
    articles: "000",
    claim: { en: "The A30 is the best value for inference.", zh: "A30 推理性价比最高。" },
    verdict: ["cannot-be-checked"],
    check: () => ({
      offers: offersOf("a30"),
      gb: chip("a30").marketedGb,
      bandwidth: bandwidthGb("a30"),
      llama2: weightsGb(models.llama2Of7b, "fp16"),
    }),
    judge: (n) => [verdictOver(n.offers > 0 ? false : undefined)],
    figure: (n) => ({
      en: `No price is given and our catalog has ${n.offers} offers of it. Its ${n.gb} GB at ${n.bandwidth} GB/s hold a 7B model in FP16 (${plain(n.llama2, 1)} GB), none of the large ones.`,
      zh: `原文没给价格，我们的价目里也查不到（${n.offers} 条报价）。${n.gb} GB、${n.bandwidth} GB/s，放得下 7B 的 FP16（${plain(n.llama2, 1)} GB），大模型放不下。`,
    }),
  }),
  claim({
    number: 74,
    articles: "001, 002",
    claim: { en: "MI250X gives the same computation 20 % cheaper; TPU v4 is cheaper.", zh: "同等算力 MI250X 便宜 20%；TPU v4 更便宜。" },
    verdict: ["cannot-be-checked"],
    check: () => ({ mi250x: offersOf("mi250x"), tpuV4: offersOf("tpu-v4"), flops: teraflops("mi250x") / teraflops("a100-sxm-80gb") }),
    judge: (n) => [verdictOver(n.mi250x > 0 ? false : undefined, n.tpuV4 > 0 ? false : undefined)],
    figure: (n) => ({
      en: `Neither is in our catalog (${n.mi250x} and ${n.tpuV4} offers), so there is no price to compare. On the datasheet an MI250X computes ${plain(n.flops, 2)} times an A100 in BF16.`,
      zh: `两者在我们的价目里都没有报价（${n.mi250x} 条和 ${n.tpuV4} 条），无从比较。按规格书，MI250X 的 BF16 算力是 A100 的 ${plain(n.flops, 2)} 倍。`,
    }),
  }),
  claim({
    number: 75,
    articles: "002",
    claim: { en: "A 13B model on 4 × A100 costs $120,000 a year in the cloud.", zh: "13B 模型用 4 张 A100，云上每年 12 万美元。" },
    verdict: ["conditional"],
    check: () => ({
      perHour: rented / (4 * hoursPerYear),
      aws: (price(aws.a100) / 2) * hoursPerYear,
      awsIn2024: (p4deIn2024 / 2) * hoursPerYear,
      azure: price("azure/eastus/Standard_NC96ads_A100_v4/on-demand") * hoursPerYear,
      lambda: (price("lambda/any/gpu_8x_a100_80gb_sxm4/on-demand") / 2) * hoursPerYear,
      weights: weightsGb(models.llama2Of13b, "bf16"),
    }),
    judge: (n) => [verdictOver(agrees(rented, n.aws), agrees(rented, n.azure), agrees(rented, n.lambda))],
    figure: (n) => ({
      en: `That is $${plain(n.perHour, 2)} a card-hour. AWS p4de ${usdText(n.aws)} (July 2026, sold by eight; ${usdText(n.awsIn2024)} in June 2024), Azure ${usdText(n.azure)} (June 2026), Lambda ${usdText(n.lambda)} (June 2024). And ${plain(n.weights)} GB of weights fit one A100: a quarter of the sum, unless the load needs more.`,
      zh: `折合每卡时 $${plain(n.perHour, 2)}。AWS p4de 为 ${usdText(n.aws)}（2026 年 7 月，只能 8 卡整租；2024 年 6 月为 ${usdText(n.awsIn2024)}），Azure ${usdText(n.azure)}（2026 年 6 月），Lambda ${usdText(n.lambda)}（2024 年 6 月）。况且权重 ${plain(n.weights)} GB 一张 A100 就放得下，负载不需要更多时只花四分之一。`,
    }),
  }),
  claim({
    number: 76,
    articles: "002",
    claim: { en: "Owning it costs $85,000 a year over three years.", zh: "自建三年摊销，每年 8.5 万美元。" },
    verdict: ["cannot-be-checked"],
    check: () => {
      const power = server.kilowatts * server.pue * hoursPerYear * server.usdPerKwh;
      const colocation = server.kilowatts * server.colocationUsd * 12;
      const running = power + colocation;
      return {
        inAll: owned * 3,
        power,
        colocation,
        at2021: server.in2021 / 3 + running,
        at2025: server.in2025 / 3 + running,
        chipsKw: (4 * watts("a100-sxm-80gb")) / 1000,
      };
    },
    judge: (n) => [verdictOver(n.at2021 > owned ? false : undefined)],
    figure: (n) => ({
      en: `${usdText(n.inAll)} in all, not broken down. Half an 8 × A100 server ($300,000 in 2021, $138,788 in 2025) with power ${usdText(n.power)} and a place ${usdText(n.colocation)} a year (3.25 kW, of which chips ${plain(n.chipsKw, 1)}; the rest is common knowledge, not looked up) is ${usdText(n.at2021)} or ${usdText(n.at2025)}: ${usdText(owned - n.at2021)} to ${usdText(owned - n.at2025)} would be staff, network, storage.`,
      zh: `合计 ${usdText(n.inAll)}，没有明细。半台 8×A100 服务器（2021 年整机 30 万美元，2025 年 138,788 美元）加上每年电费 ${usdText(n.power)}、托管费 ${usdText(n.colocation)}（按 3.25 kW，其中芯片 ${plain(n.chipsKw, 1)} kW，其余为常识，未核实出处），每年 ${usdText(n.at2021)} 或 ${usdText(n.at2025)}；余下的 ${usdText(owned - n.at2021)}–${usdText(owned - n.at2025)} 只能是人力、网络和存储。`,
    }),
  }),
  claim({
    number: 77,
    articles: "002",
    claim: {
      en: "Spot below 50 % of the demand, reserved to 80 %, on demand above.",
      zh: "负载低于 50% 用竞价，低于 80% 用预留，以上用按需。",
    },
    verdict: ["wrong"],
    check: () => ({
      oneYearLeast: 1 / dearer(gcp.a100, "1y"),
      oneYearMost: 1 / dearer(gcp.h100, "1y"),
      threeYearLeast: 1 / dearer(gcp.a100, "3y"),
      threeYearMost: 1 / dearer(gcp.h100, "3y"),
      useOfBase: 1,
      useOfPeak: 0.2,
    }),
    judge: (n) => [verdictOver(n.useOfBase < n.threeYearLeast, n.useOfPeak > n.oneYearMost)],
    figure: (n) => ({
      en: `Upside down. A commitment pays once it is used more of the time than its price is of the on-demand price: ${percent(n.oneYearLeast)} to ${percent(n.oneYearMost)} % for one year, ${percent(n.threeYearLeast)} to ${percent(n.threeYearMost)} % for three. The load that is always there belongs on it; on demand and spot are for the peaks.`,
      zh: `正好反了。承诺用量只要使用时间占比超过“承诺价÷按需价”就划算：一年期 ${percent(n.oneYearLeast)}–${percent(n.oneYearMost)}%，三年期 ${percent(n.threeYearLeast)}–${percent(n.threeYearMost)}%。始终存在的基础负载应放在承诺用量上，峰值才用按需或竞价。`,
    }),
  }),
  claim({
    number: 78,
    articles: "000",
    claim: { en: "40 to 60 % lower cost, proved in many projects.", zh: "成本降低 40–60%，经多个项目验证。" },
    verdict: ["cannot-be-checked"],
    check: () => ({ termsAlone: off(gcp.a100, "3y") }),
    judge: () => [verdictOver(undefined)],
    figure: (n) => ({
      en: `No project, baseline or figure is given. Terms of sale alone span it: three years' commitment to an A100 is ${percent(n.termsAlone)} % off.`,
      zh: `没有给出项目、基线或数据。单靠购买方式就能达到：A100 承诺三年就便宜 ${percent(n.termsAlone)}%。`,
    }),
  }),
];

/** Where the articles contradict themselves: the same numbers, put side by side. */
export const rentAgainstOwn = (): { readonly reserved: number; readonly breakEvenUse: number } => ({
  reserved: rented * (1 - 0.4),
  breakEvenUse: owned / rented,
});

const onDemandPrice = new Map(offers.flatMap(({ id }) => (id.endsWith("/on-demand") ? [[id, price(id)] as const] : [])));

/** Least first. */
const spotSavings = (): readonly number[] =>
  offers
    .flatMap(({ id, capacityType }) => {
      const other = onDemandPrice.get(id.replace(/spot$/, "on-demand"));
      return capacityType === "spot" && other !== undefined ? [1 - price(id) / other] : [];
    })
    .toSorted((a, b) => a - b);

const savingOf = (offered: string): number => 1 - price(`${offered}/spot`) / price(`${offered}/on-demand`);
const dearer = (offered: string, term: "1y" | "3y"): number => price(`${offered}/on-demand`) / price(`${offered}/reserved-${term}`);
const off = (offered: string, term: "1y" | "3y"): number => 1 - 1 / dearer(offered, term);
const gbOf = (name: string): number => machine(name).accelerators * machine(name).accelerator.marketedGb;
