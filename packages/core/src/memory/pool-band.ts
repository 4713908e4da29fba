import { type Bytes, bytes } from "../units/index.ts";
import { inferenceOverhead } from "./data/inference-overhead.ts";
import type { EngineOverhead } from "./engines/engine-memory.ts";

interface Pool {
  readonly poolBytes: number;
  readonly visibleBytes: number;
  readonly overhead: EngineOverhead;
}

/**
 * 80 % band of the pool, from the errors of configurations that were left out of the fit.
 *
 *   unit = 1 % of the visible memory + a tenth of activation and runtime
 *   band = [pool − below · unit, pool + above · unit]
 *
 * What lies beside weights and cache is what releases change; the rest of the error grows with the accelerator.
 */
export const poolBand = (pool: Pool): readonly [Bytes, Bytes] => {
  const { below, above } = inferenceOverhead.poolBand;
  const unit = poolBandUnit(pool);
  return [bytes(pool.poolBytes - below * unit), bytes(pool.poolBytes + above * unit)];
};

export const poolBandUnit = ({ visibleBytes, overhead }: Omit<Pool, "poolBytes">): number =>
  0.01 * visibleBytes + 0.1 * (overhead.activationBytes + overhead.runtimeBytes);
