import { type Seconds, seconds } from "../units/index.ts";
import { type OperatingPoint, operatingPoint, pointAtRate, type RequestShape } from "./operating-point.ts";
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
      return settled(pointAtRate(site, shape, { ...load, most: limit.requests }));
    }
  }
};

const settled = (point: OperatingPoint): SteadyLoad => ({ point, queueSeconds: seconds(0), overloaded: false });
