import type { Bottleneck } from "./performance-estimate.ts";
import type { RunningLimit } from "./running-limit.ts";
import type { ServingSite } from "./serving-site.ts";
import type { Load, SteadyLoad } from "./steady-load.ts";
import { isComputeBound } from "./step-time.ts";

/** What to relieve first for more throughput: a queue in front of the replica, or the largest part of a decode step. */
export const bottleneckOf = (input: {
  readonly site: ServingSite;
  readonly load: Load;
  readonly limit: RunningLimit;
  readonly steady: SteadyLoad;
}): Bottleneck => {
  const { site, load, limit, steady } = input;
  const waits = steady.overloaded || steady.queueSeconds > 0 || load.kind === "saturated";
  if (waits) return limit.boundBy === "kv-capacity" ? "kv-capacity" : "queueing";
  const { point } = steady;
  const { dense, experts, attention, elementwise, collectives, host } = point.decode;
  const matrices = dense + experts;
  const reads = attention + elementwise + (isComputeBound(site, point.running) ? 0 : matrices);
  const computes = point.prefillInterferenceSeconds + matrices + attention + elementwise - reads;
  const parts: readonly (readonly [Bottleneck, number])[] = [
    ["memory-bandwidth", reads],
    ["compute", computes],
    ["communication", collectives],
    ["host", host],
  ];
  return parts.reduce((largest, part) => (part[1] > largest[1] ? part : largest))[0];
};
