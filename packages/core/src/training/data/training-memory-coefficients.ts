import type { TrainingMemoryCoefficients } from "../training-memory-coefficients.ts";

/**
 * Written by test/calibration/calibrate-training.ts on 2026-11-25 from 26 rows of memory-training.csv
 * (sha256 fcc844b75a1f0e946802f0f29dc27eebe58509fe155bb3ee381f5d88070538f0).
 */
export const trainingMemoryCoefficients: TrainingMemoryCoefficients = {
  bytesPerLogit: { eager: 12, compiled: 5.02, fused: 5 },
  everySecondMatrixShare: 0.2155,
  expertTokenImbalance: 1.5,
  runtimeGib: 1.661,
  fragmentationShare: 0.1197,
};
