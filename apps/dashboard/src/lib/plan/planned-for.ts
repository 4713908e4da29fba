import type { PlanRequest } from "@headroom/core";

/** Names of all that a plan is for: services first, then jobs. */
export const plannedFor = ({ services, batchJobs = [], trainingJobs = [] }: PlanRequest): readonly string[] =>
  [...services, ...batchJobs, ...trainingJobs].map(({ name }) => name);
