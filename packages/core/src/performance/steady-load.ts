import { type Seconds, seconds } from "../units/index.ts";
import { type OperatingPoint, operatingPoint, type RequestShape } from "./operating-point.ts";
import type { RunningLimit } from "./running-limit.ts";
import type { ServingSite } from "./serving-site.ts";

/** How requests arrive: a fixed number of clients, a rate, or as many as the replica can take. */
export type Load =
  | { readonly kind: "closed"; readonly concurrency: number }
  | { readonly kind: "open"; readonly requestRate: number; readonly burstiness: number }
  | { readonly kind: "saturated" };

/** The replica under a load: where it settles, and who waits outside. */
export interface SteadyLoad {
  readonly point: OperatingPoint;
  /** Mean wait for a place among the running requests. */
  readonly queueSeconds: Seconds;
  /** An open load above what the replica can serve: its queue has no steady state. */
  readonly overloaded: boolean;
}

export const steadyLoad = (site: ServingSite, shape: RequestShape, load: Load, limit: RunningLimit): SteadyLoad => {
  switch (load.kind) {
    case "saturated":
      return settled(operatingPoint(site, shape, limit.requests));
    case "closed": {
      const point = operatingPoint(site, shape, Math.min(load.concurrency, limit.requests));
      return { ...settled(point), queueSeconds: seconds(Math.max(0, load.concurrency - limit.requests) / point.requestRate) };
    }
    case "open": {
      const atLimit = operatingPoint(site, shape, limit.requests, load.burstiness);
      if (atLimit.requestRate < load.requestRate) return { ...settled(atLimit), overloaded: true };
      return settled(runningAtRate(site, shape, load, limit.requests));
    }
  }
};

const settled = (point: OperatingPoint): SteadyLoad => ({ point, queueSeconds: seconds(0), overloaded: false });

/** The least number of running requests that yields the rate, by halving: the rate grows with what runs. */
const runningAtRate = (
  site: ServingSite,
  shape: RequestShape,
  load: { requestRate: number; burstiness: number },
  most: number,
): OperatingPoint => {
  let low = 0;
  let high = most;
  for (let step = 0; step < 40 && high - low > 1e-6 * most; step++) {
    const middle = (low + high) / 2;
    if (operatingPoint(site, shape, middle, load.burstiness).requestRate < load.requestRate) low = middle;
    else high = middle;
  }
  return operatingPoint(site, shape, high, load.burstiness);
};
