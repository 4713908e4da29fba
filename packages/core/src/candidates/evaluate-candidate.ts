import { compatibilityOf, displayName } from "../hardware/index.ts";
import { hasHostMemory, leastHostMemoryGib } from "../market/index.ts";
import { acceleratorsOf, inferenceMemory, mainWeightFormat, offloadedGib } from "../memory/index.ts";
import { rdmaNetwork, runningLimit, type ServingSite, servingSite } from "../performance/index.ts";
import { bytes, roundTo, toGib, toMs } from "../units/index.ts";
import type { Candidate, Rejection } from "./candidate.ts";
import { type ClassCapacity, capacityWithinTargets, type MissedTarget } from "./capacity-within-targets.ts";
import { layoutName, type SizedLayout } from "./enumerate-layouts.ts";
import type { ServiceNeed } from "./service-need.ts";
import { type ServingShape, shapeName } from "./serving-shape.ts";

export type Evaluation =
  | { readonly kind: "candidate"; readonly candidate: Candidate }
  | { readonly kind: "rejection"; readonly rejection: Rejection };

/** Whether a service can run on a shape in a layout, and how much of it one replica takes. */
export const evaluateCandidate = (need: ServiceNeed, shape: ServingShape, { layout, instances }: SizedLayout): Evaluation => {
  const refuse = refusalOf(need, shape, { layout, instances });
  const { accelerator } = shape;
  if (!vendorsWithEngines.includes(accelerator.vendor)) {
    return refuse({ code: "engine", unit: "", what: displayName(accelerator), detail: `is not known to run ${need.engine.name}` });
  }
  const replica = { model: need.model, precision: need.precision, layout, engine: need.engine };
  const format = mainWeightFormat(need.precision, need.model);
  if (format === "fp8" && accelerator.peak.fp8 === undefined) {
    return refuse({ code: "precision", unit: "", what: displayName(accelerator), detail: "does not compute in FP8" });
  }
  if (format !== "bf16" && !compatibilityOf({ engine: need.engine.name, accelerator, format })) {
    return refuse({
      code: "precision",
      unit: "",
      what: displayName(accelerator),
      detail: `does not run ${format} weights in ${need.engine.name}`,
    });
  }
  const site = servingSite(replica, { accelerator, nodeSize: shape.accelerators, network: shape.scaleOut ?? rdmaNetwork });
  if (!site.ok) return refuse({ code: "precision", unit: "", what: displayName(accelerator), detail: "has no published 16-bit rate" });
  const memory = inferenceMemory({
    ...replica,
    visibleBytes: accelerator.visibleBytes,
    family: accelerator.family,
    reserveShare: need.reserve.memoryShare,
  });
  if (memory.freeBytes < 0) {
    const required = memory.weightsBytes + memory.activationBytes + memory.runtimeBytes;
    const missing = toGib(memory.freeBytes) * -1;
    return refuse({
      code: "memory",
      required: roundTo(2, toGib(bytes(required))),
      available: roundTo(2, toGib(memory.budgetBytes)),
      unit: "GiB per accelerator",
      detail: `does not fit: ${missing.toFixed(1)} GiB are missing on each accelerator, ${(missing * acceleratorsOf(layout)).toFixed(1)} GiB in all`,
    });
  }
  const hosts = offersWithRoom(shape, offloadedGib(memory));
  if (hosts.offers.length === 0) return refuse(hostRefusal(shape, offloadedGib(memory)));
  const capacities: ClassCapacity[] = [];
  for (const { shape: requestShape, name } of need.classes) {
    const limit = runningLimit(site.value, requestShape, need.reserve);
    if (limit.requests < 1) {
      const tokens = requestShape.islTokens + requestShape.oslTokens;
      return refuse({
        code: "context",
        required: tokens,
        available: memory.kvTokens,
        unit: "tokens",
        detail: `the cache has no room for one request of class ${name}, ${tokens} tokens`,
      });
    }
    const outcome = capacityWithinTargets({
      site: site.value,
      shape: requestShape,
      targets: need.targets,
      unit: need.unit,
      mostRunning: limit.requests,
      computeShare: need.reserve.computeShare,
    });
    if (outcome.kind === "missed") return refuse(missedRejection(outcome.missed, need, name));
    capacities.push(outcome.capacity);
  }
  return { kind: "candidate", candidate: candidateOf({ need, shape: hosts, layout, instances, memory, site: site.value, capacities }) };
};

/** The shape where its hosts have room for what the accelerators keep there; itself where they keep nothing. */
const offersWithRoom = (shape: ServingShape, offloaded: number): ServingShape => {
  if (offloaded === 0) return shape;
  const offers = shape.offers.filter(({ instanceType }) => hasHostMemory(instanceType, offloaded));
  return offers.length === shape.offers.length ? shape : { ...shape, offers };
};

const hostRefusal = ({ offers, accelerators }: ServingShape, offloaded: number): Refusal => {
  const available = Math.max(...offers.map(({ instanceType }) => instanceType.hostMemoryGib ?? 0));
  const required = leastHostMemoryGib(accelerators, offloaded);
  return {
    code: "host-memory",
    required,
    available,
    unit: "GiB of host memory",
    detail: `keeps ${(offloaded * accelerators).toFixed(1)} GiB in host memory and takes ${required} GiB in all, where the largest host has ${available}`,
  };
};

/** Where the engines of the contract run at all; other chips bring serving software of their own. */
const vendorsWithEngines: readonly string[] = ["NVIDIA", "AMD"];

type Refusal = Pick<Rejection, "code" | "unit" | "detail"> & Partial<Pick<Rejection, "what" | "required" | "available">>;

const refusalOf =
  (need: ServiceNeed, shape: ServingShape, { layout, instances }: SizedLayout) =>
  (refusal: Refusal): Evaluation => {
    const size = { accelerator: shape.accelerator, accelerators: instances > 1 ? shape.accelerators * instances : acceleratorsOf(layout) };
    const what = `${shapeName(size)} as ${layoutName(layout)}`;
    return {
      kind: "rejection",
      rejection: {
        service: need.name,
        accelerator: shape.accelerator,
        instances,
        what,
        required: undefined,
        available: undefined,
        ...refusal,
      },
    };
  };

const targetNames = { ttft: "the first token", tpot: "each token", "request-latency": "the whole answer" } as const;

const missedRejection = ({ target, requiredSeconds, bestSeconds }: MissedTarget, { targets }: ServiceNeed, className: string): Refusal => ({
  code: target,
  required: roundTo(2, toMs(requiredSeconds)),
  available: roundTo(2, toMs(bestSeconds)),
  unit: `ms at p${roundTo(1, targets.percentile * 100)}`,
  detail: `${targetNames[target]} of class ${className} takes ${toMs(bestSeconds).toFixed(1)} ms with a single request in flight, against a target of ${toMs(requiredSeconds).toFixed(1)} ms`,
});

const candidateOf = (
  parts: Omit<Candidate, "id" | "instancesPerReplica" | "replicasPerInstance"> & { readonly instances: number; readonly site: ServingSite },
): Candidate => {
  const { instances, ...rest } = parts;
  return {
    id: [parts.need.name, parts.shape.key, layoutName(parts.layout)].join("|"),
    ...rest,
    instancesPerReplica: instances,
    replicasPerInstance: instances > 1 ? 1 : parts.shape.accelerators / acceleratorsOf(parts.layout),
  };
};
