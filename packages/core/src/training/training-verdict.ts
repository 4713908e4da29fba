import { roundTo, toGib } from "../units/index.ts";
import { trainingBands } from "./data/training-bands.ts";
import type { TrainingRun } from "./resolve-training.ts";
import type { TrainingEstimate } from "./training-estimate.ts";
import { type TrainingMemory, totalTrainingBytes } from "./training-memory.ts";

/** Memory of one accelerator in the words of the contract. */
export const memoryAnswer = (run: TrainingRun, memory: TrainingMemory): TrainingEstimate["perAccelerator"] => ({
  weightsGib: roundTo(6, toGib(memory.weightsBytes)),
  gradientsGib: roundTo(6, toGib(memory.gradientsBytes)),
  optimizerGib: roundTo(6, toGib(memory.optimizerBytes)),
  activationGib: roundTo(6, toGib(memory.activationBytes)),
  logitsGib: roundTo(6, toGib(memory.logitsBytes)),
  buffersGib: roundTo(6, toGib(memory.buffersBytes)),
  totalGib: roundTo(6, totalGibOf(memory)),
  reservedGib: roundTo(6, toGib(run.accelerator.visibleBytes) * run.memoryShareReserved),
  visibleGib: roundTo(6, toGib(run.accelerator.visibleBytes)),
});

const totalGibOf = (memory: TrainingMemory): number => totalTrainingBytes(memory) / 2 ** 30;

/** 80 % of the measured peaks lie inside. */
export const memoryBand = (memory: TrainingMemory): [number, number] => {
  const [low, high] = trainingBands.memory;
  return [roundTo(4, totalGibOf(memory) * low), roundTo(4, totalGibOf(memory) * high)];
};

/** Whether the peak fits beside what is kept free, and whether it still would at the upper end of its band. */
export const verdictOf = (run: TrainingRun, memory: TrainingMemory): Pick<TrainingEstimate, "verdict" | "reasons"> => {
  const available = toGib(run.accelerator.visibleBytes) * (1 - run.memoryShareReserved);
  const spare = available - totalGibOf(memory);
  if (spare < 0) return { verdict: "does-not-fit", reasons: [`${(-spare).toFixed(1)} GiB are missing on each accelerator`] };
  if (memoryBand(memory)[1] > available) {
    return { verdict: "marginal", reasons: [`only ${spare.toFixed(1)} GiB to spare on each accelerator, less than the estimate's band`] };
  }
  return { verdict: "fits", reasons: [] };
};
