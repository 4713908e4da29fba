import { memoryEstimate, memoryRequest, memoryWithSpeedCosts } from "@headroom/core";
import { estimateOperation } from "../http/estimate-operation.ts";

export const createMemoryEstimateOperation = estimateOperation({
  path: "/v1/memory-estimates",
  tag: "Estimates",
  summary: "The memory that serving a model takes, and whether it fits",
  request: memoryRequest,
  answer: memoryEstimate,
  estimate: memoryWithSpeedCosts,
});
