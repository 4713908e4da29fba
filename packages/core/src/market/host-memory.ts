import type { InstanceType } from "./catalog.ts";

/** The system, and for each accelerator an engine process with its libraries, driver context and pinned buffers. */
const leastGib = { system: 2, perAccelerator: 4 } as const;

/** An engine process, and the checkpoint shards that are in flight while weights load. */
const comfortableGib = { loading: 16, perAccelerator: 4 } as const;

/**
 * Host memory below which no engine starts. Weights do not count: safetensors are mapped, read shard by shard into the
 * accelerators, and their pages dropped, so that 16 GiB hosts serve 8B models and 2 TB hosts serve 700 GB of weights alike. What
 * each accelerator keeps in host memory for good does count.
 */
export const leastHostMemoryGib = (accelerators: number, offloadedGib = 0): number =>
  leastGib.system + Math.ceil((leastGib.perAccelerator + offloadedGib) * accelerators);

/** Host memory with which loading does not wait on the page cache. */
export const comfortableHostMemoryGib = (accelerators: number, offloadedGib: number): number =>
  comfortableGib.loading + Math.ceil((comfortableGib.perAccelerator + offloadedGib) * accelerators);

/** A host whose memory nobody states is not refused. */
export const hasHostMemory = (
  { hostMemoryGib, accelerators }: Pick<InstanceType, "hostMemoryGib" | "accelerators">,
  offloadedGib = 0,
): boolean => hostMemoryGib === undefined || hostMemoryGib >= leastHostMemoryGib(accelerators, offloadedGib);
