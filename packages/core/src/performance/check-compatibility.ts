import { type Accelerator, compatibilityOf, runnableFormats } from "../hardware/index.ts";
import { mainWeightFormat, type Replica } from "../memory/index.ts";
import type { EngineName } from "../request/engine.ts";
import type { PerformanceRequest } from "../request/performance-request.ts";
import type { WeightFormat } from "../request/precision.ts";
import { type Outcome, refuse, succeed } from "../units/index.ts";

/** Refuses weights that the engine cannot run on the chip, and says which it can. */
export const checkCompatibility = (
  replica: Replica,
  request: Pick<PerformanceRequest, "precision">,
  accelerator: Accelerator,
): Outcome<undefined> => {
  const engine = replica.engine.name;
  const asked = request.precision?.weights;
  const format = asked === "bf16" ? asked : mainWeightFormat(replica.precision, replica.model);
  if (compatibilityOf({ engine, accelerator, format })) return succeed(undefined);
  const formats = runnableFormats(engine, accelerator);
  if (formats.length === 0) return refuse("/engine/name", `${engine} does not run on ${accelerator.name}: ${enginesFor(accelerator)}`);
  const pointer = asked === undefined ? "/accelerator/id" : "/precision/weights";
  return refuse(
    pointer,
    `${engine} does not run ${format} weights on ${accelerator.name}${reason(format, accelerator)}: use one of ${formats.join(", ")}`,
  );
};

const reason = (format: WeightFormat, { peak }: Accelerator): string => {
  if (format === "bf16" && peak.bf16 === undefined) return ", which has no bf16";
  if (format === "fp8" && peak.fp8 === undefined) return ", which does not compute in FP8";
  if ((format === "nvfp4" || format === "mxfp4") && peak.fp4 === undefined) return ", which does not compute in FP4";
  return "";
};

const engines: readonly EngineName[] = ["vllm", "sglang", "tensorrt-llm", "transformers"];

const enginesFor = (accelerator: Accelerator): string => {
  const running = engines.filter((engine) => runnableFormats(engine, accelerator).length > 0);
  return running.length > 0 ? `use ${running.join(" or ")}` : "no engine of the contract does";
};
