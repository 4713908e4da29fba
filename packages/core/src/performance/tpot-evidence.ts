import type { Seconds } from "../units/index.ts";
import { seconds } from "../units/index.ts";
import type { EstimateSource } from "./performance-estimate.ts";
import { bandFactors, type Nearness, nearnessOf, regimeOf } from "./serving-evidence.ts";
import type { ServingSite } from "./serving-site.ts";

export const sourceOf = (nearness: Nearness): EstimateSource => (nearness === "datasheet" ? "roofline" : "interpolated");

/** What stands behind a time per token of `running` requests on a replica, and the 80 % band around it. */
export const tpotEvidence = (
  { accelerator, replica }: ServingSite,
  { running, tpot }: { readonly running: number; readonly tpot: Seconds },
): { readonly source: EstimateSource; readonly band: readonly [Seconds, Seconds] } => {
  const nearness = nearnessOf(accelerator, replica.engine.name);
  const [low, high] = bandFactors("tpot", nearness, regimeOf(running));
  return { source: sourceOf(nearness), band: [seconds(tpot * low), seconds(tpot * high)] };
};
