import { compatibilityOf } from "../hardware/index.ts";
import { mainWeightFormat } from "../memory/index.ts";
import { roundTo, toMs } from "../units/index.ts";
import { bottleneckOf } from "./bottleneck.ts";
import { computeFormatOf } from "./compute-format.ts";
import { engineScheduling } from "./engine-scheduling.ts";
import { latencyStatistics } from "./latency-statistics.ts";
import { offloadVerdict } from "./offload-verdict.ts";
import type { PerformanceEstimate } from "./performance-estimate.ts";
import { type BandFactors, bandFactors, type Nearness, nearnessOf, regimeOf } from "./serving-evidence.ts";
import type { ServingSite } from "./serving-site.ts";
import type { SettledServing } from "./settle-serving.ts";
import { type StepParts, sumOfParts } from "./step-time.ts";
import { sourceOf } from "./tpot-evidence.ts";

/** Writes an estimate in the contract's units. */
export const performanceAnswer = (answered: SettledServing): PerformanceEstimate => {
  const { shape, steady, limit, load, accelerators } = answered;
  const { point } = steady;
  const outputTokens = point.requestRate * shape.oslTokens;
  const latency = latencyStatistics(answered);
  const nearness = nearnessOfSite(answered);
  const regime = regimeOf(load.kind === "closed" ? load.concurrency : point.running);
  return {
    accelerators,
    outputTokensPerSecond: roundTo(3, outputTokens),
    outputTokensPerSecondPerAccelerator: roundTo(3, outputTokens / accelerators),
    totalTokensPerSecondPerAccelerator: roundTo(3, (point.requestRate * (shape.islTokens + shape.oslTokens)) / accelerators),
    requestsPerSecond: roundTo(6, point.requestRate),
    ttftMs: steady.overloaded ? null : latency.ttftMs,
    tpotMs: latency.tpotMs,
    itlMs: latency.itlMs,
    requestLatencyMs: steady.overloaded ? null : latency.requestLatencyMs,
    maxConcurrency: limit.requests,
    bottleneck: bottleneckOf(answered),
    timeParts: { decodeStep: inMs(point.decode), prefill: inMs(point.prefill) },
    source: sourceOf(nearness),
    interval: {
      outputTokensPerSecond: band(outputTokens, bandFactors("throughput", nearness, regime)),
      tpotMs: band(toMs(point.tpotSeconds), bandFactors("tpot", nearness, regime)),
    },
    assumptions: assumptionsOf(answered),
  };
};

/** No measurement of two pools is among those fitted. */
const nearnessOfSite = ({ site, pools }: SettledServing): Nearness => {
  const nearness = nearnessOf(site.accelerator, site.replica.engine.name);
  return pools === "prefill and decode" && nearness === "calibrated" ? "family" : nearness;
};

const band = (value: number, [low, high]: BandFactors): [number, number] => [roundTo(3, value * low), roundTo(3, value * high)];

const admissionInWords = { whole: "its whole length", growing: "its prompt and half of its answer" } as const;

const evidenceInWords: Readonly<Record<Nearness, string>> = {
  calibrated: "from errors on measured configurations of this accelerator and engine that the fit had not seen",
  family: "from errors on whole accelerators that the fit had not seen: this family was measured, not this chip with this engine",
  datasheet: "a factor of two either way: nothing of this family was measured with this engine",
};

/** How the weights' format runs, and the oldest software that does it. */
const runsAs = ({ replica, accelerator }: ServingSite): Record<string, string> => {
  const format = mainWeightFormat(replica.precision, replica.model);
  const found = compatibilityOf({ engine: replica.engine.name, accelerator, format });
  if (!found) return {};
  const weightsOnly = `stored in ${format}, multiplied in 16 bits${found.by ? ` by ${found.by}` : ""}`;
  return {
    weightsRun: found.runs === "native" ? `natively in ${format}` : weightsOnly,
    lowestSoftware: found.stack.lowest,
    compatibilitySource: found.source,
  };
};

const inMs = (parts: StepParts): Record<string, number> => ({
  dense: roundTo(4, toMs(parts.dense)),
  experts: roundTo(4, toMs(parts.experts)),
  attention: roundTo(4, toMs(parts.attention)),
  elementwise: roundTo(4, toMs(parts.elementwise)),
  collectives: roundTo(4, toMs(parts.collectives)),
  host: roundTo(4, toMs(parts.host)),
  total: roundTo(4, toMs(sumOfParts(parts))),
});

const assumptionsOf = (answered: SettledServing): PerformanceEstimate["assumptions"] => {
  const { site, load, limit, nodeSize, shape } = answered;
  const { replica, accelerator } = site;
  const offload = offloadVerdict(answered);
  return {
    accelerator: accelerator.id,
    nodeSize,
    ...replica.layout,
    engine: replica.engine.name,
    engineVersion: replica.engine.version ?? "not stated",
    weightFormat: mainWeightFormat(replica.precision, replica.model),
    kvCacheFormat: replica.precision.kvCache,
    ...runsAs(site),
    computeFormat: computeFormatOf(mainWeightFormat(replica.precision, replica.model), accelerator),
    load: load.kind,
    prefixHitShare: shape.prefixHitShare,
    concurrencyBoundBy: limit.boundBy,
    cacheOfARunningRequest: admissionInWords[engineScheduling(replica.engine.name).admits],
    maxNumSeqs: replica.engine.maxNumSeqs,
    maxNumBatchedTokens: replica.engine.maxNumBatchedTokens,
    ...(offload === undefined ? {} : { hostOffload: offload }),
    ...(shape.speculative ? { draftModel: "one layer of the model for each drafted token" } : {}),
    ...(answered.pools === "one"
      ? {}
      : { ratesMatched: "prefill at 0.9, decode at 0.92 of its own rate; parts are of one replica of each" }),
    interval: evidenceInWords[nearnessOfSite(answered)],
  };
};
