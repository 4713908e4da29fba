import type { Accelerator } from "../hardware/index.ts";
import { mainWeightFormat, type Replica } from "../memory/index.ts";
import type { StoredFormat, StoredFormats } from "../model/index.ts";
import type { PerformanceRequest } from "../request/performance-request.ts";
import { engineScheduling } from "./engine-scheduling.ts";

/** The replica as engines start it when a request leaves limits open. Clients of a closed loop are all let in: benchmarks set the limit so. */
export const servedReplica = (
  replica: Replica,
  request: Pick<PerformanceRequest, "engine" | "workload" | "precision">,
  chip: Accelerator,
): Replica => {
  const { engine, workload } = request;
  const open = Math.max(workload.concurrency ?? 0, engineScheduling(replica.engine.name).maxNumSeqs ?? replica.engine.maxNumSeqs);
  return {
    ...replica,
    engine: { ...replica.engine, maxNumSeqs: engine?.maxNumSeqs ?? open },
    precision: {
      weights: chip.peak.bf16 === undefined ? asFp16(replica.precision.weights) : replica.precision.weights,
      kvCache: usesEightBitCache(replica, request, chip) ? "fp8" : replica.precision.kvCache,
    },
  };
};

/** Chips without bf16 get a bf16 checkpoint cast to fp16, of the same size: engines do so on request (`--dtype half`). */
const asFp16 = ({ wide, byRole }: StoredFormats): StoredFormats => {
  const cast = (stored: StoredFormat): StoredFormat => (stored.format === "bf16" ? { ...stored, format: "fp16" } : stored);
  const roles = Object.entries(byRole).map(([role, stored]) => [role, cast(stored)] as const);
  return { wide: cast(wide), byRole: Object.fromEntries(roles) as StoredFormats["byRole"] };
};

/**
 * Where the request says nothing, published recipes keep the cache in FP8: TensorRT-LLM for quantized checkpoints, whose scales they
 * carry, and every engine for 8- and 4-bit weights on Blackwell. Elsewhere engines keep it in 16 bits.
 */
const usesEightBitCache = (replica: Replica, { precision }: Pick<PerformanceRequest, "precision">, chip: Accelerator): boolean => {
  if (precision?.kvCache !== undefined || chip.peak.fp8 === undefined || chip.vendor !== "NVIDIA") return false;
  const format = mainWeightFormat(replica.precision, replica.model);
  const narrow = format === "fp8" || format === "nvfp4" || format === "mxfp4";
  const recipe = replica.engine.name === "tensorrt-llm" && precision?.weights !== undefined;
  return narrow && (recipe || chip.peak.fp4 !== undefined);
};
