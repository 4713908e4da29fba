import { type Bytes, bytes } from "../units/index.ts";
import { inferenceOverhead } from "./data/inference-overhead.ts";
import type { EngineOverhead } from "./engines/engine-memory.ts";

interface Pool {
  readonly poolBytes: number;
  readonly visibleBytes: number;
  readonly overhead: Pick<EngineOverhead, "activationBytes" | "runtimeBytes">;
  /** Of the engine; wider where nobody says which. */
  readonly version: string | undefined;
}

/**
 * 80 % band of the pool, from the errors of measured pools.
 *
 *   unit = 1 % of the visible memory + a tenth of activation and runtime
 *   band = pool ± units(release stated or not) · unit
 *
 * What lies beside weights and cache is what releases change; the rest of the error grows with the accelerator.
 */
export const poolBand = ({ poolBytes, version, ...pool }: Pool): readonly [Bytes, Bytes] => {
  const { releaseStated, releaseNotStated } = inferenceOverhead.poolBandUnits;
  const half = (version === undefined ? releaseNotStated : releaseStated) * poolBandUnit(pool);
  return [bytes(poolBytes - half), bytes(poolBytes + half)];
};

export const poolBandUnit = ({ visibleBytes, overhead }: Pick<Pool, "visibleBytes" | "overhead">): number =>
  0.01 * visibleBytes + 0.1 * (overhead.activationBytes + overhead.runtimeBytes);
