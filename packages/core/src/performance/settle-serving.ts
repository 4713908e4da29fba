import { acceleratorsOf } from "../memory/index.ts";
import type { CoefficientTable } from "./coefficient-table.ts";
import type { RequestShape } from "./operating-point.ts";
import type { PreparedServing } from "./prepare-serving.ts";
import type { RunningLimit } from "./running-limit.ts";
import { calibratedSite, type ServingSite } from "./serving-site.ts";
import { type Load, type SteadyLoad, steadyLoad } from "./steady-load.ts";

/** A replica under its load. */
export interface SettledServing {
  readonly site: ServingSite;
  readonly shape: RequestShape;
  readonly load: Load;
  readonly limit: RunningLimit;
  readonly steady: SteadyLoad;
  readonly nodeSize: number;
  readonly accelerators: number;
  readonly pools: "one" | "prefill and decode";
}

/** Where the replica settles with the coefficients of a table: what a fit calls thousands of times. */
export const settleServing = ({ site, shape, load, limit }: PreparedServing, table: CoefficientTable): SettledServing => {
  const calibrated = calibratedSite(site, table);
  return {
    site: calibrated,
    shape,
    load,
    limit,
    steady: steadyLoad(calibrated, shape, load, limit),
    nodeSize: site.hardware.nodeSize,
    accelerators: acceleratorsOf(site.replica.layout),
    pools: "one",
  };
};
