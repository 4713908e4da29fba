import type { Bilingual, CheckedClaim } from "./claim.ts";
import { computeAndSpeed } from "./compute-and-speed.ts";
import { hardwareAndNetwork } from "./hardware-and-network.ts";
import { kvCacheAndActivations } from "./kv-cache-and-activations.ts";
import { prices } from "./prices.ts";
import { trainingClaims } from "./training.ts";
import { weightsAndFit } from "./weights-and-fit.ts";

export interface Section {
  readonly title: Bilingual;
  readonly claims: readonly CheckedClaim[];
}

export const sections: readonly Section[] = [
  { title: { en: "Weights and fit", zh: "权重与能否放下" }, claims: weightsAndFit },
  { title: { en: "KV cache and activations", zh: "KV 缓存与激活" }, claims: kvCacheAndActivations },
  { title: { en: "Training", zh: "训练" }, claims: trainingClaims },
  { title: { en: "Compute and speed", zh: "算力与速度" }, claims: computeAndSpeed },
  { title: { en: "Hardware and network", zh: "硬件与网络" }, claims: hardwareAndNetwork },
  { title: { en: "Prices", zh: "价格" }, claims: prices },
];
