import type { AcceleratorFamily } from "../../hardware/index.ts";
import { gib } from "../../units/index.ts";
import { inferenceOverhead } from "../data/inference-overhead.ts";
import type { RankInEngine } from "./engine-memory.ts";

/** Captured decode graphs of one rank: measured by family of accelerator, hardly by model. */
export const capturedGraphBytes = ({ engine, family }: Pick<RankInEngine, "engine" | "family">): number => {
  if (engine.enforceEager) return 0;
  const graphs: Readonly<Record<string, number>> = inferenceOverhead.graphsGib;
  return gib(graphs[family] ?? inferenceOverhead.graphsGib.other);
};

/** Links whose switches add up (NVLS) take large multicast buffers; 16 RTX 3090 without such links were measured at 0.2 GiB. */
const shareWithoutSwitch = 0.1;

const familiesWithSwitch: ReadonlySet<AcceleratorFamily> = new Set(["hopper", "blackwell", "cdna3", "cdna4"]);

/**
 * Buffers of the collectives: none alone, `peersGib` for a pair, half of that more for every doubling.
 *
 *   bytes = peersGib · (1 + ½ · log₂(ranks / 2))       ranks of one stage that add up together
 */
export const peerBytes = ({ layout, family }: Pick<RankInEngine, "layout" | "family">, peersGib: number): number => {
  const { tensorParallelSize, dataParallelSize, pipelineParallelSize } = layout;
  const pair = gib(peersGib) * (familiesWithSwitch.has(family) ? 1 : shareWithoutSwitch);
  const ranks = tensorParallelSize * dataParallelSize;
  if (ranks === 1) return pipelineParallelSize > 1 ? pair : 0;
  return pair * (1 + 0.5 * Math.log2(ranks / 2));
};
