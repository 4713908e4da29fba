import {
  estimateMeasuredPerformance,
  measuredReplica,
  mostMeasurementsOfAnAnswer,
  performanceEstimate,
  performanceRequest,
} from "@headroom/core";
import type { Dependencies } from "../dependencies.ts";
import { estimateOperation } from "../http/estimate-operation.ts";
import type { Operation } from "../http/operation.ts";

export const createPerformanceEstimateOperation = ({ store }: Dependencies): Operation =>
  estimateOperation({
    path: "/v1/performance-estimates",
    tag: "Estimates",
    summary: "How fast a replica serves a workload, corrected by what was measured of its model and accelerator",
    request: performanceRequest,
    answer: performanceEstimate,
    estimate: async (request) => {
      const replica = measuredReplica(request);
      if (!replica.ok) return replica;
      return estimateMeasuredPerformance(request, await store.measurements.forModel(replica.value, mostMeasurementsOfAnAnswer));
    },
  });
