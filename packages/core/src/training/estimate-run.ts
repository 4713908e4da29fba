import type { TrainingRequest } from "../request/training-request.ts";
import { type Outcome, refuse, roundTo, succeed } from "../units/index.ts";
import { trainingBands } from "./data/training-bands.ts";
import { trainingCoefficients } from "./data/training-coefficients.ts";
import { type Goodput, goodputOf } from "./goodput.ts";
import { resolveTraining } from "./resolve-training.ts";
import { checkpointBytes, runNeeds } from "./run-needs.ts";
import { modelFlopsPerToken } from "./token-work.ts";
import { trainingAssumptions } from "./training-assumptions.ts";
import type { TrainingEstimate } from "./training-estimate.ts";
import { trainingFormat, trainingPeak } from "./training-format.ts";
import { trainingMemory } from "./training-memory.ts";
import { type TrainingStepTime, trainingStepTime } from "./training-step-time.ts";
import { type TrainingStepWork, trainingStepWork } from "./training-step-work.ts";
import { memoryAnswer, memoryBand, verdictOf } from "./training-verdict.ts";
import { usefulTokenShare } from "./useful-tokens.ts";

/** Memory, step time and days of one training run, without what would help it. */
export const estimateRun = (request: TrainingRequest): Outcome<TrainingEstimate> => {
  const resolved = resolveTraining(request);
  if (!resolved.ok) return resolved;
  const run = resolved.value;
  const peak = trainingPeak(run.accelerator, trainingFormat(run.precision, run.accelerator));
  if (peak === undefined) return refuse("/accelerator/id", `${run.accelerator.name} has no published rate for ${run.precision}`);
  const memory = trainingMemory(run);
  const work = trainingStepWork(run);
  const step = trainingStepTime(run, work, trainingCoefficients);
  const computed = (run.globalBatchSize * run.sequenceLength) / step.total / run.accelerators;
  const goodput = goodputOf(run.accelerators, checkpointBytes(run));
  return succeed({
    perAccelerator: memoryAnswer(run, memory),
    ...verdictOf(run, memory),
    stepSeconds: roundTo(6, step.total),
    tokensPerSecondPerAccelerator: roundTo(4, computed * usefulTokenShare(run)),
    mfu: roundTo(6, (computed * modelFlopsPerToken(run.model, run.sequenceLength)) / peak),
    ...durationOf(request, { rate: computed * usefulTokenShare(run), goodput }),
    goodput: goodputAnswer(goodput),
    needs: runNeeds(run, memory),
    timeParts: Object.fromEntries(Object.entries(step.parts).map(([name, value]) => [name, roundTo(6, value)])),
    source: step.known.knowledge,
    interval: {
      tokensPerSecondPerAccelerator: speedBand(step, work, computed * usefulTokenShare(run)),
      totalGib: memoryBand(memory),
    },
    assumptions: trainingAssumptions(request, run),
  });
};

const speedBand = ({ known }: TrainingStepTime, { experts }: TrainingStepWork, rate: number): [number, number] => {
  const [low, high] = trainingBands.speed[experts ? "mixture" : "dense"][known.knowledge];
  return [roundTo(2, rate * low), roundTo(2, rate * high)];
};

const durationOf = (
  { tokens, accelerators }: TrainingRequest,
  { rate, goodput }: { readonly rate: number; readonly goodput: Goodput },
): Pick<TrainingEstimate, "acceleratorHours" | "days"> => {
  if (tokens === undefined) return {};
  const hours = tokens / (rate * accelerators) / 3600 / goodput.share;
  return { acceleratorHours: roundTo(2, hours * accelerators), days: roundTo(4, hours / 24) };
};

const goodputAnswer = ({ share, betweenFailures, checkpointInterval, checkpoint }: Goodput): TrainingEstimate["goodput"] => ({
  share: roundTo(6, share),
  hoursBetweenFailures: roundTo(2, betweenFailures / 3600),
  checkpointIntervalMinutes: roundTo(2, checkpointInterval / 60),
  checkpointSeconds: roundTo(2, checkpoint),
});
