import type { TrainingRequest } from "../request/training-request.ts";
import { type Outcome, succeed } from "../units/index.ts";
import { estimateRun } from "./estimate-run.ts";
import { solveTraining } from "./solve-training.ts";
import type { TrainingEstimate } from "./training-estimate.ts";
import { trainingRemedies } from "./training-remedies.ts";

/** Memory, step time and days of a training run; what would help where it does not fit; and the answer to `solveFor`. */
export const estimateTraining = (request: TrainingRequest): Outcome<TrainingEstimate> => {
  const estimated = estimateRun(request);
  if (!estimated.ok) return estimated;
  const answer = solveTraining(request);
  return succeed({
    ...estimated.value,
    ...(estimated.value.verdict === "fits" ? {} : { remedies: trainingRemedies(request, estimated.value) }),
    ...(answer ? { answer } : {}),
  });
};
