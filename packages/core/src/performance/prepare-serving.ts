import { defaultNodeSize } from "../defaults.ts";
import { inferenceMemory, type Replica, resolveAccelerator, resolveReplica } from "../memory/index.ts";
import type { PerformanceRequest, Workload } from "../request/performance-request.ts";
import { type Outcome, refuse, succeed, toGib } from "../units/index.ts";
import { checkCompatibility } from "./check-compatibility.ts";
import { rdmaNetwork } from "./interconnect.ts";
import type { RequestShape } from "./operating-point.ts";
import { admittedLimit, type RunningLimit } from "./running-limit.ts";
import { servedReplica } from "./served-replica.ts";
import { type UncalibratedSite, uncalibratedSite } from "./serving-site.ts";
import type { Load } from "./steady-load.ts";

/** A performance request with everything decided but the coefficients. */
export interface PreparedServing {
  readonly site: UncalibratedSite;
  readonly shape: RequestShape;
  readonly load: Load;
  readonly limit: RunningLimit;
}

export const prepareServing = (request: PerformanceRequest): Outcome<PreparedServing> => {
  const resolved = resolveReplica(request);
  if (!resolved.ok) return resolved;
  const accelerator = resolveAccelerator(request.accelerator);
  if (!accelerator.ok) return accelerator;
  const replica = servedReplica(resolved.value, request, accelerator.value);
  const runs = checkCompatibility(replica, request, accelerator.value);
  if (!runs.ok) return runs;
  const nodeSize = request.nodeSize ?? Math.max(defaultNodeSize, accelerator.value.scaleUp.domain);
  const site = uncalibratedSite(replica, { accelerator: accelerator.value, nodeSize, network: rdmaNetwork });
  if (!site.ok) return site;
  const shape = { ...shapeOf(request.workload), speculative: request.speculative };
  if (shape.islTokens + shape.oslTokens > replica.engine.maxModelLen) {
    return refuse("/workload", `${shape.islTokens} + ${shape.oslTokens} tokens are more than maxModelLen, ${replica.engine.maxModelLen}`);
  }
  const limit = admittedLimit({ replica, accelerator: accelerator.value }, shape);
  if (limit.requests < 1) return refuse("/accelerator", doesNotFit(replica, site.value));
  return succeed({ site: site.value, shape, load: loadOf(request.workload), limit });
};

const doesNotFit = (replica: Replica, { hardware }: UncalibratedSite): string => {
  const { visibleBytes, family } = hardware.accelerator;
  const { freeBytes } = inferenceMemory({ ...replica, visibleBytes, family, reserveShare: 0 });
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
