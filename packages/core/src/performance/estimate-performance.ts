import { defaultNodeSize } from "../defaults.ts";
import { inferenceMemory, resolveAccelerator, resolveReplica } from "../memory/index.ts";
import type { PerformanceRequest, Workload } from "../request/performance-request.ts";
import { type Outcome, refuse, succeed, toGib } from "../units/index.ts";
import { rdmaNetwork } from "./interconnect.ts";
import type { RequestShape } from "./operating-point.ts";
import { performanceAnswer } from "./performance-answer.ts";
import type { PerformanceEstimate } from "./performance-estimate.ts";
import { noReserve, runningLimit } from "./running-limit.ts";
import { type ServingSite, servingSite } from "./serving-site.ts";
import { type Load, steadyLoad } from "./steady-load.ts";

/** Throughput and latency of one replica under a load. */
export const estimatePerformance = (request: PerformanceRequest): Outcome<PerformanceEstimate> => {
  const replica = resolveReplica(request);
  if (!replica.ok) return replica;
  const accelerator = resolveAccelerator(request.accelerator);
  if (!accelerator.ok) return accelerator;
  const nodeSize = request.nodeSize ?? Math.max(defaultNodeSize, accelerator.value.scaleUp.domain);
  const site = servingSite(replica.value, { accelerator: accelerator.value, nodeSize, network: rdmaNetwork });
  if (!site.ok) return site;
  const shape = shapeOf(request.workload);
  if (shape.islTokens + shape.oslTokens > replica.value.engine.maxModelLen) {
    return refuse(
      "/workload",
      `${shape.islTokens} + ${shape.oslTokens} tokens are more than maxModelLen, ${replica.value.engine.maxModelLen}`,
    );
  }
  const limit = runningLimit(site.value, shape, noReserve);
  if (limit.requests < 1) return refuse("/accelerator", doesNotFit(site.value));
  const load = loadOf(request.workload);
  return succeed(performanceAnswer({ site: site.value, shape, load, limit, steady: steadyLoad(site.value, shape, load, limit), nodeSize }));
};

const doesNotFit = ({ replica, accelerator }: ServingSite): string => {
  const { freeBytes } = inferenceMemory({
    ...replica,
    visibleBytes: accelerator.visibleBytes,
    family: accelerator.family,
    reserveShare: 0,
  });
  return freeBytes < 0
    ? `the model does not fit: ${(-toGib(freeBytes)).toFixed(1)} GiB are missing on each accelerator`
    : "the cache has no room for one request of this length";
};

const shapeOf = ({ islTokens, oslTokens, prefixHitShare }: Workload): RequestShape => ({
  islTokens,
  oslTokens,
  prefixHitShare: prefixHitShare ?? 0,
});

const loadOf = ({ concurrency, requestRatePerSecond, burstiness }: Workload): Load => {
  if (concurrency !== undefined) return { kind: "closed", concurrency };
  if (requestRatePerSecond !== undefined) return { kind: "open", requestRate: requestRatePerSecond, burstiness: burstiness ?? 1 };
  return { kind: "saturated" };
};
