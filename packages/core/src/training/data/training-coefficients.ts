import type { TrainingCoefficients } from "../training-coefficients.ts";

/**
 * Written by test/calibration/calibrate-training.ts on 2026-11-25 from 317 rows of training-throughput.csv
 * (sha256 af07fe69d84d41d6c489dddd3ea01cb16ed057788fc954ac849f4db79a88589e).
 */
export const trainingCoefficients: TrainingCoefficients = {
  matrix: { ampere: { bf16: 0.7926 }, hopper: { bf16: 0.6213, fp8: 0.5425 }, blackwell: { bf16: 0.5, fp8: 0.4735, fp4: 0.3695 } },
  sustained: {
    "a100-sxm-80gb": 1,
    "a100-sxm-40gb": 0.9971,
    "h100-sxm": 1,
    "h200-sxm": 1.15,
    "b200-sxm": 1.08,
    "b300-sxm": 1.105,
    gb200: 1,
    gb300: 1.195,
  },
  attention: {
    ampere: { torch: 0.3115, megatron: 0.3801 },
    hopper: { torch: 0.1884, megatron: 0.3801 },
    blackwell: { torch: 0.6293, megatron: 0.6293 },
  },
  scan: 0.0159,
  expertNarrowGain: 0.6717,
  activationPasses: { torch: 11.87, megatron: 6.478 },
  expertActivationPasses: 6.226,
  expertTokensHalf: 225.6,
  expertWidthHalf: 718.5,
  denseLayerSeconds: 0.0002727,
  expertLayerSeconds: 0.002481,
  scaleUpShare: 0.6726,
  scaleOutShare: 0.3207,
  tensorExposed: 0.5432,
  contextExposed: 0.3012,
  expertExposed: 0.4447,
  denseGrowthPerYear: 0.04872,
  expertGrowthPerYear: 0.3188,
};
