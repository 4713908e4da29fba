import {
  latencyQuantile,
  normalQuantile,
  type OperatingPoint,
  operatingPoint,
  type RequestShape,
  type ServingSite,
} from "../performance/index.ts";
import type { Seconds } from "../units/index.ts";
import type { DemandUnit, LatencyTargets } from "./service-need.ts";

/** What one replica sustains of one class inside every target. */
export interface ClassCapacity {
  readonly maxRunning: number;
  /** In the demand's own unit: users, or requests per second. */
  readonly amount: number;
  readonly requestsPerSecond: number;
}

/** A target that not even a single request at a time meets. */
export interface MissedTarget {
  readonly target: "ttft" | "tpot" | "request-latency";
  readonly requiredSeconds: Seconds;
  readonly bestSeconds: Seconds;
}

export type CapacityOutcome =
  | { readonly kind: "capacity"; readonly capacity: ClassCapacity }
  | { readonly kind: "missed"; readonly missed: MissedTarget };

interface Question {
  readonly site: ServingSite;
  readonly shape: RequestShape;
  readonly targets: LatencyTargets;
  readonly unit: DemandUnit;
  /** Requests that cache and engine let run at once. */
  readonly mostRunning: number;
  readonly computeShare: number;
}

/**
 * The most requests in flight whose latency percentile meets every target. Latency grows with what runs, so halving finds it.
 * A rate fluctuates, so its mean keeps z(p) · √mean below the limit; clients in a closed loop do not.
 */
export const capacityWithinTargets = (question: Question): CapacityOutcome => {
  const { site, shape, targets, unit, computeShare } = question;
  const missed = missedTarget(question, 1);
  if (missed) return { kind: "missed", missed };
  let meets = 1;
  let misses = steadyLimit(question) + 1;
  while (misses - meets > 1) {
    const middle = Math.floor((meets + misses) / 2);
    if (missedTarget(question, middle)) misses = middle;
    else meets = middle;
  }
  const point = operatingPoint(site, shape, meets);
  const usable = 1 - computeShare;
  const requestRate = point.requestRate * usable;
  const latency = latencyQuantile(point, shape, targets.percentile).requestLatencySeconds;
  const amount = unit.kind === "rate" ? requestRate : (meets * usable * (latency + unit.thinkSeconds)) / latency;
  return { kind: "capacity", capacity: { maxRunning: meets, amount, requestsPerSecond: requestRate } };
};

const steadyLimit = ({ mostRunning, unit, targets }: Question): number => {
  if (unit.kind === "users") return mostRunning;
  const z = Math.max(0, normalQuantile(targets.percentile));
  const rootOfMean = (-z + Math.sqrt(z * z + 4 * mostRunning)) / 2;
  return Math.max(1, Math.floor(rootOfMean ** 2));
};

const missedTarget = ({ site, shape, targets }: Question, running: number): MissedTarget | undefined => {
  const point: OperatingPoint = operatingPoint(site, shape, running);
  const at = latencyQuantile(point, shape, targets.percentile);
  const checks = [
    ["ttft", targets.ttftSeconds, at.ttftSeconds],
    ["tpot", targets.tpotSeconds, at.tpotSeconds],
    ["request-latency", targets.requestLatencySeconds, at.requestLatencySeconds],
  ] as const;
  for (const [target, required, reached] of checks) {
    if (required !== undefined && reached > required) return { target, requiredSeconds: required, bestSeconds: reached };
  }
  return undefined;
};
