/**
 * Written by test/calibration/calibrate-training.ts on 2026-11-25 from 317 rows of training-throughput.csv
 * (sha256 af07fe69d84d41d6c489dddd3ea01cb16ed057788fc954ac849f4db79a88589e).
 */
/**
 * Measured over predicted, 10th and 90th percentile of rows that were left out of the fit.
 *   speed, each configuration left out: mean error 10.8 % of 317 rows
 *   speed, each model left out: mean error 12.5 % of 317 rows
 *   speed, each accelerator left out: mean error 14.2 % of 317 rows
 *   memory, each source left out: mean error 16.2 % of 26 rows
 */
export const trainingBands = {
  memory: [0.8508, 1.362],
  speed: {
    dense: { measured: [0.9047, 1.108], interpolated: [0.7767, 1.151], roofline: [0.6033, 1.325] },
    mixture: { measured: [0.7278, 1.378], interpolated: [0.7278, 1.378], roofline: [0.5297, 1.898] },
  },
} as const;
