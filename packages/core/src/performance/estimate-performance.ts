import type { PerformanceRequest } from "../request/performance-request.ts";
import { type Outcome, succeed } from "../units/index.ts";
import { servingCoefficients } from "./data/serving-coefficients.ts";
import { estimateDisaggregated } from "./estimate-disaggregated.ts";
import { performanceAnswer } from "./performance-answer.ts";
import type { PerformanceEstimate } from "./performance-estimate.ts";
import { prepareServing } from "./prepare-serving.ts";
import { settleServing } from "./settle-serving.ts";

/** Throughput and latency of one replica under a load. */
export const estimatePerformance = (request: PerformanceRequest): Outcome<PerformanceEstimate> => {
  if (request.disaggregated) return estimateDisaggregated(request, request.disaggregated);
  const prepared = prepareServing(request);
  if (!prepared.ok) return prepared;
  return succeed(performanceAnswer(settleServing(prepared.value, servingCoefficients)));
};
