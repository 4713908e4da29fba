import type { Accelerator } from "../hardware/index.ts";
import type { Replica } from "../memory/index.ts";
import type { EngineName } from "../request/engine.ts";
import type { PerformanceRequest } from "../request/performance-request.ts";

/** Requests that an engine runs at once where nothing is said, as its serving benchmark starts it. */
const ownMaxNumSeqs: Readonly<Partial<Record<EngineName, number>>> = { sglang: 1024, "tensorrt-llm": 2048 };

/**
 * The replica as engines start it when a request leaves limits open.
 *
 * A 16-bit model asked for in 8 or 4 bits is served from a quantized checkpoint; those carry scales for an FP8 cache, and
 * engines use it where the chip computes in FP8. Clients of a closed loop are all let in: benchmarks set the limit so.
 */
export const servedReplica = (replica: Replica, { engine, precision, workload }: PerformanceRequest, chip: Accelerator): Replica => {
  const maxNumSeqs =
    engine?.maxNumSeqs ?? Math.max(workload.concurrency ?? 0, ownMaxNumSeqs[replica.engine.name] ?? replica.engine.maxNumSeqs);
  const { weights, kvCache } = precision ?? {};
  const narrow = weights === "fp8" || weights === "nvfp4";
  const eightBitCache = kvCache === undefined && narrow && chip.peak.fp8 !== undefined && chip.vendor !== "AMD";
  return {
    ...replica,
    engine: { ...replica.engine, maxNumSeqs },
    precision: eightBitCache ? { ...replica.precision, kvCache: "fp8" } : replica.precision,
  };
};
