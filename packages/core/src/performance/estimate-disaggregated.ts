import type { PerformanceRequest } from "../request/performance-request.ts";
import { type Outcome, refuseAll, succeed } from "../units/index.ts";
import { servingCoefficients } from "./data/serving-coefficients.ts";
import { acceleratorsOfPools, disaggregatedLoad, type Pool } from "./disaggregated-serving.ts";
import { performanceAnswer } from "./performance-answer.ts";
import type { PerformanceEstimate } from "./performance-estimate.ts";
import { type PreparedServing, prepareServing } from "./prepare-serving.ts";
import { calibratedSite } from "./serving-site.ts";

type Pools = NonNullable<PerformanceRequest["disaggregated"]>;

/** Throughput and latency of a pool that reads prompts and a pool that decodes. */
export const estimateDisaggregated = (request: PerformanceRequest, pools: Pools): Outcome<PerformanceEstimate> => {
  const reading = poolOf(request, pools, "prefill");
  if (!reading.ok) return reading;
  const decoding = poolOf(request, pools, "decode");
  if (!decoding.ok) return decoding;
  const { prepared, ...decode } = decoding.value;
  const { shape, load, limit, site } = prepared;
  const steady = disaggregatedLoad({
    prefill: reading.value,
    decode,
    shape,
    load,
    decodeLimit: limit.requests,
    network: site.hardware.network,
  });
  return succeed(
    performanceAnswer({
      site: decode.site,
      shape,
      load,
      limit: { ...limit, requests: limit.requests * decode.replicas },
      steady,
      nodeSize: site.hardware.nodeSize,
      accelerators: acceleratorsOfPools([reading.value, decode]),
      pools: "prefill and decode",
    }),
  );
};

const poolOf = (request: PerformanceRequest, pools: Pools, name: keyof Pools): Outcome<Pool & { readonly prepared: PreparedServing }> => {
  const { layout, replicas } = pools[name];
  const prepared = prepareServing({ ...request, layout });
  if (prepared.ok) return succeed({ site: calibratedSite(prepared.value.site, servingCoefficients), replicas, prepared: prepared.value });
  const inPool = (pointer: string) => (pointer.startsWith("/layout") ? `/disaggregated/${name}${pointer}` : pointer);
  return refuseAll(prepared.errors.map(({ pointer, detail }) => ({ pointer: inPool(pointer), detail: `${name}: ${detail}` })));
};
