import type { PlanLine } from "@headroom/core";

type MemoryPartId = "weights" | "activations" | "runtime" | "kv-cache" | "free" | "outside";

export interface MemoryPart {
  readonly id: MemoryPartId;
  readonly label: string;
  readonly meaning: string;
  readonly gib: number;
}

/** Everything the driver shows of one accelerator, part by part: the parts add up to the whole. */
export const memoryParts = ({ memory, engine }: PlanLine): MemoryPart[] => [
  { id: "weights", label: "Weights", meaning: "This accelerator's share of the model, all experts included.", gib: memory.weightsGib },
  { id: "activations", label: "Activations", meaning: "The peak of one forward pass.", gib: memory.activationGib },
  { id: "runtime", label: "Runtime", meaning: "Driver context, graphs and communication buffers.", gib: memory.runtimeGib },
  {
    id: "kv-cache",
    label: "KV cache",
    meaning: "Keys and values of the tokens so far, for all requests in flight.",
    gib: memory.kvCacheGib,
  },
  { id: "free", label: "Free", meaning: "Inside the engine's budget and not used.", gib: memory.freeGib },
  {
    id: "outside",
    label: "Outside the budget",
    meaning: `${engine.name} is given ${Math.round(engine.gpuMemoryUtilization * 100)} % of the memory; the rest is left alone.`,
    gib: Math.max(0, memory.visibleGib - memory.budgetGib),
  },
];
