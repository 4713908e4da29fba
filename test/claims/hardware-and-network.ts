import { bandwidthGb, chip, isKnownChip, linkGb, runs, teraflops, watts } from "./chip-facts.ts";
import { type CheckedClaim, claim } from "./claim.ts";
import { percent, plain } from "./numerals.ts";
import { machine, offersOf, price } from "./offer-facts.ts";
import { agrees, verdictOver } from "./verdict-over.ts";

/** Share of the dense peak that the best matrix shapes reach (ml-engineering, MAMF, 2026-08). */
const reached = { mi300x: 0.51, h100: 0.8 };

export const hardwareAndNetwork: readonly CheckedClaim[] = [
  claim({
    number: 54,
    articles: "000",
    claim: { en: "Hopper's HBM3e reaches 768 GB/s.", zh: "Hopper 的 HBM3e 带宽为 768 GB/s。" },
    verdict: ["wrong"],
    check: () => ({ h200: bandwidthGb("h200-sxm"), oneStack: (1024 * 6) / 8, timesOff: bandwidthGb("h200-sxm") / 768 }),
    judge: (n) => [verdictOver(agrees(768, n.h200))],
    figure: (n) => ({
      en: `H200: ${plain(n.h200)} GB/s, ${plain(n.timesOff, 2)} times that. ${plain(n.oneStack)} GB/s is what one HBM3 stack of 1,024 pins gives at 6 Gb/s a pin.`,
      zh: `H200 为 ${plain(n.h200)} GB/s，是其 ${plain(n.timesOff, 2)} 倍。${plain(n.oneStack)} GB/s 是一颗 HBM3（1,024 引脚、每脚 6 Gb/s）的带宽。`,
    }),
  }),
  claim({
    number: 55,
    articles: "002",
    claim: { en: "H200 has 141 GB and 1.8 times the bandwidth.", zh: "H200 有 141 GB，带宽提升 1.8 倍。" },
    verdict: ["right", "wrong"],
    check: () => ({
      gb: chip("h200-sxm").marketedGb,
      h200: bandwidthGb("h200-sxm"),
      h100: bandwidthGb("h100-sxm"),
      bandwidth: bandwidthGb("h200-sxm") / bandwidthGb("h100-sxm"),
      memory: chip("h200-sxm").marketedGb / chip("h100-sxm").marketedGb,
    }),
    judge: (n) => [verdictOver(n.gb === 141), verdictOver(agrees(1.8, n.bandwidth))],
    figure: (n) => ({
      en: `${n.gb} GB is right; ${plain(n.h200)} / ${plain(n.h100)} GB/s is ${plain(n.bandwidth, 2)}. ${plain(n.memory, 2)} is the ratio of the memories.`,
      zh: `${n.gb} GB 正确；带宽 ${plain(n.h200)} / ${plain(n.h100)} = ${plain(n.bandwidth, 2)} 倍。${plain(n.memory, 2)} 倍是显存容量之比。`,
    }),
  }),
  claim({
    number: 56,
    articles: "001",
    claim: { en: "B100: 1.8 PFLOPS in FP4, 2 TB/s.", zh: "B100：FP4 1.8 PFLOPS，带宽 2 TB/s。" },
    verdict: ["wrong"],
    check: () => ({ fp4: teraflops("b100", "fp4") / 1000, bf16: teraflops("b100") / 1000, bandwidth: bandwidthGb("b100") / 1000 }),
    judge: (n) => [verdictOver(agrees(1.8, n.fp4), agrees(2, n.bandwidth))],
    figure: (n) => ({
      en: `${plain(n.fp4, 1)} PFLOPS dense in FP4; ${plain(n.bf16, 2)} is its rate in BF16. ${plain(n.bandwidth)} TB/s.`,
      zh: `FP4 稠密算力 ${plain(n.fp4, 1)} PFLOPS，${plain(n.bf16, 2)} 是 BF16 的数；带宽 ${plain(n.bandwidth)} TB/s。`,
    }),
  }),
  claim({
    number: 57,
    articles: "001",
    claim: { en: "H100 NVLink gives 900 GB/s, 7.2 TB/s over 8 cards.", zh: "H100 NVLink 为 900 GB/s，8 卡合计 7.2 TB/s。" },
    verdict: ["conditional"],
    check: () => ({ oneWay: linkGb("h100-sxm"), bothWays: 2 * linkGb("h100-sxm"), ofEight: (16 * linkGb("h100-sxm")) / 1000 }),
    judge: (n) => [verdictOver(agrees(900, n.bothWays), agrees(900, n.oneWay))],
    figure: (n) => ({
      en: `Counted in both directions: ${plain(n.bothWays)} GB/s a card, ${plain(n.ofEight, 1)} TB/s in all. A collective is bound by one direction of one card, ${plain(n.oneWay)} GB/s.`,
      zh: `这是双向之和：每卡 ${plain(n.bothWays)} GB/s，合计 ${plain(n.ofEight, 1)} TB/s。集合通信受限于单卡单向，即 ${plain(n.oneWay)} GB/s。`,
    }),
  }),
  claim({
    number: 58,
    articles: "002",
    claim: { en: "NVLink at 400 Gbps.", zh: "NVLink 速率为 400 Gbps。" },
    verdict: ["wrong"],
    check: () => ({ bothWays: linkGb("h100-sxm") * 2 * 8, oneWay: linkGb("h100-sxm") * 8 }),
    judge: (n) => [verdictOver(agrees(400, n.bothWays), agrees(400, n.oneWay))],
    figure: (n) => ({
      en: `NVLink of an H100 is ${plain(n.bothWays)} Gb/s, ${plain(n.oneWay)} one way. 400 Gb/s is one port of InfiniBand NDR, between machines.`,
      zh: `H100 的 NVLink 为 ${plain(n.bothWays)} Gb/s（单向 ${plain(n.oneWay)}）。400 Gb/s 是机间 InfiniBand NDR 一个端口的速率。`,
    }),
  }),
  claim({
    number: 59,
    articles: "001",
    claim: { en: "p5.48xlarge has 8 H100 and a 400 Gbps network.", zh: "p5.48xlarge 有 8 张 H100，网络 400 Gbps。" },
    verdict: ["right", "wrong"],
    check: () => ({
      h100: machine("p5.48xlarge").accelerator.id === "h100-sxm" ? machine("p5.48xlarge").accelerators : 0,
      gbps: machine("p5.48xlarge").networkGbps ?? 0,
      p4d: machine("p4d.24xlarge").networkGbps ?? 0,
    }),
    judge: (n) => [verdictOver(n.h100 === 8), verdictOver(n.gbps === 400)],
    figure: (n) => ({
      en: `${n.h100} H100 is right; its network is ${plain(n.gbps)} Gb/s. ${n.p4d} is that of p4d.24xlarge.`,
      zh: `${n.h100} 张 H100 正确；网络是 ${plain(n.gbps)} Gb/s，${n.p4d} 是 p4d.24xlarge 的。`,
    }),
  }),
  claim({
    number: 60,
    articles: "001",
    claim: { en: "ND H100 v5 has InfiniBand, and 1,000 cards answer within 2 µs.", zh: "ND H100 v5 配 InfiniBand，千卡延迟低于 2 µs。" },
    verdict: ["right", "cannot-be-checked"],
    check: () => ({
      gbps: machine("Standard_ND96isr_H100_v5").networkGbps ?? 0,
      ports: (machine("Standard_ND96isr_H100_v5").networkGbps ?? 0) / 400,
      rdma: machine("Standard_ND96isr_H100_v5").network === "rdma" ? 1 : 0,
    }),
    judge: (n) => [verdictOver(n.rdma === 1, n.ports === 8), verdictOver(undefined)],
    figure: (n) => ({
      en: `${n.ports} × 400 Gb/s = ${plain(n.gbps)} Gb/s of InfiniBand. What the 2 µs measure is not said: a message between two ports may take that, a collective of 1,000 cards does not (common knowledge, not looked up).`,
      zh: `InfiniBand ${n.ports} × 400 Gb/s = ${plain(n.gbps)} Gb/s。2 µs 量的是什么没有说明：两个端口之间一条消息可能如此，千卡集合通信不会（常识，未核实出处）。`,
    }),
  }),
  claim({
    number: 61,
    articles: "002",
    claim: { en: "p4d has 8 A100; NDv4 has the A100 80GB.", zh: "p4d 为 8 张 A100；NDv4 为 A100 80GB。" },
    verdict: ["right", "wrong"],
    check: () => ({
      p4dCards: machine("p4d.24xlarge").accelerators,
      p4dGb: machine("p4d.24xlarge").accelerator.marketedGb,
      ndv4Gb: machine("Standard_ND96asr_v4").accelerator.marketedGb,
      ndmGb: machine("Standard_ND96amsr_A100_v4").accelerator.marketedGb,
    }),
    judge: (n) => [verdictOver(n.p4dCards === 8), verdictOver(n.ndv4Gb === 80)],
    figure: (n) => ({
      en: `p4d: ${n.p4dCards} × ${n.p4dGb} GB. NDv4 (ND96asr_v4) has ${n.ndv4Gb} GB cards; the ${n.ndmGb} GB ones are in NDm A100 v4 (ND96amsr).`,
      zh: `p4d 为 ${n.p4dCards} × ${n.p4dGb} GB。NDv4（ND96asr_v4）是 ${n.ndv4Gb} GB 的卡，${n.ndmGb} GB 的是 NDm A100 v4（ND96amsr）。`,
    }),
  }),
  claim({
    number: 62,
    articles: "002",
    claim: { en: "MI300X has 192 GB and 25 % better efficiency.", zh: "MI300X 有 192 GB，能效高 25%。" },
    verdict: ["right", "conditional"],
    check: () => {
      const [mi300x, h100] = [teraflops("mi300x") / watts("mi300x"), teraflops("h100-sxm") / watts("h100-sxm")];
      return {
        gb: chip("mi300x").marketedGb,
        datasheet: mi300x / h100 - 1,
        reached: (mi300x * reached.mi300x) / (h100 * reached.h100) - 1,
      };
    },
    judge: (n) => [verdictOver(n.gb === 192), verdictOver(agrees(1.25, 1 + n.datasheet), agrees(1.25, 1 + n.reached))],
    figure: (n) => ({
      en: `${n.gb} GB is right. Datasheet BF16 per watt is ${percent(n.datasheet)} % above an H100; by what matrix kernels reach (51 % of the peak against 80 %) it is ${percent(-n.reached)} % below.`,
      zh: `${n.gb} GB 正确。按规格书，每瓦 BF16 算力比 H100 高 ${percent(n.datasheet)}%；按矩阵乘实际能达到的比例（峰值的 51% 对 80%），反而低 ${percent(-n.reached)}%。`,
    }),
  }),
  claim({
    number: 63,
    articles: "001",
    claim: { en: "MI300X gives 70 % of an H100's throughput and is 30 % cheaper.", zh: "MI300X 吞吐为 H100 的 70%，价格低 30%。" },
    verdict: ["cannot-be-checked"],
    check: () => ({
      costOfToken: (1 - 0.3) / 0.7,
      flops: teraflops("mi300x") / teraflops("h100-sxm"),
      bandwidth: bandwidthGb("mi300x") / bandwidthGb("h100-sxm"),
      reachedFlops: (teraflops("mi300x") * reached.mi300x) / (teraflops("h100-sxm") * reached.h100),
      mi300xUsd: price("azure/eastus2/Standard_ND96isr_MI300X_v5/on-demand") / 8,
      h100Usd: price("azure/eastus/Standard_ND96isr_H100_v5/on-demand") / 8,
    }),
    judge: () => [verdictOver(undefined)],
    figure: (n) => ({
      en: `No model, load or price list is named. Were both true, a token would cost the same (0.7 / 0.7 = ${plain(n.costOfToken, 1)}): no gain. Datasheets say ${plain(n.flops, 2)} times the FLOPS and ${plain(n.bandwidth, 2)} times the bandwidth, kernels reach ${plain(n.reachedFlops, 2)} times the FLOPS. On Azure (June 2026) $${plain(n.mi300xUsd, 2)} against $${plain(n.h100Usd, 2)} a card-hour, ${percent(1 - n.mi300xUsd / n.h100Usd)} % less.`,
      zh: `没有说明模型、负载和价目表。若两者都成立，每 token 成本不变（0.7 / 0.7 = ${plain(n.costOfToken, 1)}），并无优势。规格书上算力是 ${plain(n.flops, 2)} 倍、带宽是 ${plain(n.bandwidth, 2)} 倍，实际矩阵乘算力为 ${plain(n.reachedFlops, 2)} 倍。Azure 2026 年 6 月每卡时 $${plain(n.mi300xUsd, 2)} 对 $${plain(n.h100Usd, 2)}，低 ${percent(1 - n.mi300xUsd / n.h100Usd)}%。`,
    }),
  }),
  claim({
    number: 64,
    articles: "002",
    claim: { en: "TPU v5 computes in FP8.", zh: "TPU v5 支持 FP8。" },
    verdict: ["wrong"],
    check: () => ({
      v5e: runs("tpu-v5e", "fp8") ? 1 : 0,
      v5p: runs("tpu-v5p", "fp8") ? 1 : 0,
      int8OfV5e: teraflops("tpu-v5e", "int8"),
      v7: teraflops("tpu-v7x", "fp8") / teraflops("tpu-v7x"),
    }),
    judge: (n) => [verdictOver(n.v5e === 1, n.v5p === 1)],
    figure: (n) => ({
      en: `v5e and v5p compute in BF16 and INT8 (v5e: ${plain(n.int8OfV5e)} TOPS). FP8 is faster than BF16 from v7 on (${plain(n.v7)} times).`,
      zh: `v5e 和 v5p 只有 BF16 和 INT8（v5e 为 ${plain(n.int8OfV5e)} TOPS）。FP8 到 v7 才比 BF16 快（${plain(n.v7)} 倍）。`,
    }),
  }),
  claim({
    number: 65,
    articles: "001",
    claim: { en: "CDNA4 computes in FP6 and suits the edge.", zh: "CDNA4 支持 FP6，适合边缘部署。" },
    verdict: ["right", "wrong"],
    check: () => ({ mi355x: watts("mi355x"), jetson: watts("jetson-agx-orin-64gb"), fp4: runs("mi355x", "fp4") ? 1 : 0 }),
    judge: (n) => [verdictOver(n.fp4 === 1), verdictOver(n.mi355x <= 5 * n.jetson)],
    figure: (n) => ({
      en: `Formats below 8 bits are there: FP4 in our tables, FP6 by AMD's guide to its matrix cores. But the MI355X draws ${plain(n.mi355x)} W, a Jetson Orin ${n.jetson} W: a part for data centres.`,
      zh: `确有 8 位以下的格式：FP4 见我们的表，FP6 见 AMD 的矩阵核心编程指南。但 MI355X 功耗 ${plain(n.mi355x)} W，Jetson Orin 才 ${n.jetson} W：这是数据中心的部件，与边缘无关。`,
    }),
  }),
  claim({
    number: 66,
    articles: "001",
    claim: {
      en: "MI300X needs ROCm 5.6 and a PyTorch 2.1 built by hand for gfx90a.",
      zh: "MI300X 需要 ROCm 5.6 和为 gfx90a 手工编译的 PyTorch 2.1。",
    },
    verdict: ["wrong"],
    check: () => ({ sameFamily: chip("mi300x").family === chip("mi250x").family ? 1 : 0 }),
    judge: (n) => [verdictOver(n.sameFamily === 1)],
    figure: () => ({
      en: "gfx90a is the MI200 family (CDNA2). MI300X is CDNA3, gfx942, and came with ROCm 6, for which PyTorch is published ready-made (common knowledge, not looked up).",
      zh: "gfx90a 是 MI200 系列（CDNA2）。MI300X 属于 CDNA3，代号 gfx942，随 ROCm 6 推出，PyTorch 有现成的安装包（常识，未核实出处）。",
    }),
  }),
  claim({
    number: 67,
    articles: "002",
    claim: { en: "Tesla's Dojo is an option.", zh: "可以选用特斯拉 Dojo。" },
    verdict: ["wrong"],
    check: () => ({ chips: isKnownChip("dojo") ? 1 : 0, offersOfH100: offersOf("h100-sxm") }),
    judge: (n) => [verdictOver(n.chips > 0)],
    figure: (n) => ({
      en: `It has never been for sale or rent (common knowledge, not looked up): our catalog has ${n.offersOfH100} offers of an H100 and none of it.`,
      zh: `它从未对外出售或出租（常识，未核实出处）：我们的价目中 H100 有 ${n.offersOfH100} 条，它一条也没有。`,
    }),
  }),
];
