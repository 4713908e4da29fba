import { estimateTraining, trainingEstimate, trainingRequest } from "@headroom/core";
import { estimateOperation } from "../http/estimate-operation.ts";

export const createTrainingEstimateOperation = estimateOperation({
  path: "/v1/training-estimates",
  tag: "Estimates",
  summary: "Memory, speed and time of a training run",
  request: trainingRequest,
  answer: trainingEstimate,
  estimate: estimateTraining,
});
