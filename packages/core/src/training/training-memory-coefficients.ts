import type { FrameworkTraits } from "./training-framework.ts";

/** What published formulas leave open about peak memory: fitted to measured peaks (test/calibration/fit-training-memory.ts). */
export interface TrainingMemoryCoefficients {
  /** 16-bit logits, their F32 copies, and their gradient, in bytes for each logit. */
  readonly bytesPerLogit: Readonly<Record<FrameworkTraits["loss"], number>>;
  /** Share of a layer's activations that stays where every second matrix is computed again. */
  readonly everySecondMatrixShare: number;
  /** Tokens that the hottest expert rank holds, against the mean. */
  readonly expertTokenImbalance: number;
  /** Workspaces, communication buffers and what else does not grow with the batch. */
  readonly runtimeGib: number;
  /** Of activations and logits, lost between blocks of the allocator. */
  readonly fragmentationShare: number;
}
