import { acceleratorsOf } from "../memory/index.ts";
import { requestsPerSecond, seconds } from "../units/index.ts";
import type { ScaleOutNetwork } from "./interconnect.ts";
import { decodeOnlyPoint, type OperatingPoint, promptOnlyPoint, type RequestShape } from "./operating-point.ts";
import type { ServingSite } from "./serving-site.ts";
import type { Load, SteadyLoad } from "./steady-load.ts";

/** Replicas of one layout that do one half of the work. */
export interface Pool {
  readonly site: ServingSite;
  readonly replicas: number;
}

/** What is left of each pool's own rate once both are matched: imbalance between the two and in time (research on AIConfigurator). */
const matchedShare = { prefill: 0.9, decode: 0.92 } as const;

interface Disaggregated {
  readonly prefill: Pool;
  readonly decode: Pool;
  readonly shape: RequestShape;
  readonly load: Load;
  /** Requests that decode at once on one decode replica. */
  readonly decodeLimit: number;
  readonly network: ScaleOutNetwork;
}

export const acceleratorsOfPools = (pools: readonly Pool[]): number =>
  pools.reduce((sum, { site, replicas }) => sum + replicas * acceleratorsOf(site.replica.layout), 0);

/**
 * Prefill and decode in pools of their own, with matched rates.
 *
 *   rate ≤ min(0.9 · prefill replicas / prompt, 0.92 · decode replicas · limit / ((osl − 1) · tpot))
 *   running = rate · (prompt + wait + transfer + (osl − 1) · tpot)                                    Little
 *
 * The prompt's cache crosses the network once.
 */
export const disaggregatedLoad = (input: Disaggregated): SteadyLoad => {
  const { decode, load, decodeLimit } = input;
  const most = decodeLimit * decode.replicas;
  const at = (decoding: number) => pointAt(input, decoding);
  const ceiling = lastBelow(most, (decoding) => at(decoding).requestRate <= prefillRate(input));
  const settled = { queueSeconds: seconds(0), overloaded: false };
  if (load.kind === "saturated") return { point: at(ceiling), ...settled };
  if (load.kind === "open") {
    const point = at(lastBelow(ceiling, (decoding) => at(decoding).requestRate <= load.requestRate));
    return { point, ...settled, overloaded: at(ceiling).requestRate < load.requestRate };
  }
  const point = at(lastBelow(ceiling, (decoding) => at(decoding).running <= load.concurrency));
  const waiting = Math.max(0, load.concurrency - point.running);
  return { point, ...settled, queueSeconds: seconds(point.running < load.concurrency * 0.999 ? waiting / point.requestRate : 0) };
};

/** The largest load for which a statement that turns false once still holds, by halving. */
const lastBelow = (most: number, holds: (load: number) => boolean): number => {
  if (holds(most)) return most;
  let [low, high] = [0, most];
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
};

const prefillRate = ({ prefill, shape }: Disaggregated): number =>
  (matchedShare.prefill * prefill.replicas * prefill.site.replica.layout.dataParallelSize) /
  promptOnlyPoint(prefill.site, shape).promptWorkSeconds;

const pointAt = (input: Disaggregated, decoding: number): OperatingPoint => {
  const { prefill, decode, shape } = input;
  const reading = promptOnlyPoint(prefill.site, shape);
  const step = decodeOnlyPoint(decode.site, shape, decoding / decode.replicas);
  const rate = matchedShare.decode * step.requestRate * decode.replicas;
  const servers = prefill.replicas * prefill.site.replica.layout.dataParallelSize;
  const busy = Math.min(0.99, (rate * reading.promptWorkSeconds) / servers);
  const wait = ((busy / (1 - busy)) * (reading.promptWorkSeconds / 2)) / servers;
  const promptSeconds = reading.promptSeconds + transferSeconds(input);
  return {
    ...step,
    prefill: reading.prefill,
    requestRate: requestsPerSecond(rate),
    running: decoding + rate * (promptSeconds + wait),
    promptSeconds: seconds(promptSeconds),
    meanWaitSeconds: seconds(wait),
    prefillBusy: busy,
    promptWorkSeconds: seconds(reading.promptWorkSeconds / servers),
  };
};

/** Each decode rank fetches its own share of the prompt's cache over its own link. */
const transferSeconds = ({ decode, shape, network }: Disaggregated): number => {
  let bytesOnRank = 0;
  for (const part of decode.site.work.attention) bytesOnRank += part.cacheBytes(shape.islTokens);
  return network.latency + bytesOnRank / network.bandwidth;
};
