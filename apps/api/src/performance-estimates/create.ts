import { estimatePerformance, performanceEstimate, performanceRequest } from "@headroom/core";
import { estimateOperation } from "../http/estimate-operation.ts";

export const createPerformanceEstimateOperation = estimateOperation({
  path: "/v1/performance-estimates",
  tag: "Estimates",
  summary: "How fast a replica serves a workload",
  request: performanceRequest,
  answer: performanceEstimate,
  estimate: estimatePerformance,
});
