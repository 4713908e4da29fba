import type { PerformanceRequest } from "../request/performance-request.ts";
import { type Outcome, succeed } from "../units/index.ts";
import { servingCoefficients } from "./data/serving-coefficients.ts";
import { estimateDisaggregated } from "./estimate-disaggregated.ts";
import { type Recalibration, recalibratedTable } from "./measured/recalibrate.ts";
import { performanceAnswer } from "./performance-answer.ts";
import type { PerformanceEstimate } from "./performance-estimate.ts";
import { prepareServing } from "./prepare-serving.ts";
import { settleServing } from "./settle-serving.ts";

/** Throughput and latency of one replica under a load; from a user's own measurements where a recalibration is given. */
export const estimatePerformance = (request: PerformanceRequest, recalibration?: Recalibration): Outcome<PerformanceEstimate> => {
  if (request.disaggregated) return estimateDisaggregated(request, request.disaggregated);
  const prepared = prepareServing(request);
  if (!prepared.ok) return prepared;
  const settled = settleServing(prepared.value, recalibration ? recalibratedTable(recalibration) : servingCoefficients);
  return succeed(performanceAnswer({ ...settled, ownMeasurements: recalibration?.measurements ?? 0 }));
};
