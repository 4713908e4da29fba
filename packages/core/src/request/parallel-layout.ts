import { z } from "zod";
import { count } from "./fields.ts";

const sizes = {
  tensorParallelSize: count(1024).optional(),
  pipelineParallelSize: count(1024).optional(),
  dataParallelSize: count(4096).optional(),
};

/** One serving replica uses tensor × pipeline × data accelerators. */
export const parallelLayout = z
  .strictObject({
    ...sizes,
    expertParallel: z.boolean().optional(),
    contextParallelSize: count(1024)
      .optional()
      .describe("Tensor-parallel ranks that share each request's cache by tokens while decoding, in place of replicas of it."),
  })
  .describe(
    "How one replica is spread; with dataParallelSize and expertParallel, attention is replicated and experts are spread over all ranks.",
  );

/** In training the data-parallel size follows from the accelerators. */
export const trainingLayout = z.strictObject({
  tensorParallelSize: sizes.tensorParallelSize,
  pipelineParallelSize: sizes.pipelineParallelSize,
  sequenceParallel: z.boolean().optional(),
});

export type ParallelLayoutRequest = z.output<typeof parallelLayout>;
export type TrainingLayoutRequest = z.output<typeof trainingLayout>;
