import { displayName } from "../hardware/index.ts";
import { hasHostMemory, leastHostMemoryGib } from "../market/index.ts";
import { acceleratorsOf, inferenceMemory, mainWeightFormat, offloadedGib, type ServingPrecision } from "../memory/index.ts";
import { rdmaNetwork, runningLimit, servingSite } from "../performance/index.ts";
import { bytes, roundTo, toGib, toMs } from "../units/index.ts";
import type { Candidate, Rejection } from "./candidate.ts";
import { type ClassCapacity, capacityWithinTargets, type MissedTarget } from "./capacity-within-targets.ts";
import { layoutName, type SizedLayout } from "./enumerate-layouts.ts";
import { precisionRefusal } from "./precision-refusal.ts";
import type { ServiceNeed } from "./service-need.ts";
import { type ServingShape, shapeName } from "./serving-shape.ts";

export type Evaluation =
  | { readonly kind: "candidate"; readonly candidate: Candidate }
  | { readonly kind: "rejection"; readonly rejection: Rejection };

/** How one replica would be run. */
export interface ReplicaChoice extends SizedLayout {
  readonly precision: ServingPrecision;
}

/** Whether a service can run on a shape in a layout and a precision, and how much of it one replica takes. */
export const evaluateCandidate = (need: ServiceNeed, shape: ServingShape, choice: ReplicaChoice): Evaluation => {
  const { layout, precision } = choice;
  const refuse = refusalOf(need, shape, choice);
  const { accelerator } = shape;
  if (!vendorsWithEngines.includes(accelerator.vendor)) {
    return refuse({ code: "engine", unit: "", what: displayName(accelerator), detail: `is not known to run ${need.engine.name}` });
  }
  const replica = { model: need.model, precision, layout, engine: need.engine };
  const format = mainWeightFormat(precision, need.model);
  const unfit = precisionRefusal({ engine: need.engine.name, accelerator, format });
  if (unfit !== undefined) return refuse({ code: "precision", unit: "", what: displayName(accelerator), detail: unfit });
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
  return { kind: "candidate", candidate: placed({ memory, site: site.value, capacities }, { ...choice, need, shape: hosts }) };
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
  (need: ServiceNeed, shape: ServingShape, { layout, instances, precision }: ReplicaChoice) =>
  (refusal: Refusal): Evaluation => {
    const size = { accelerator: shape.accelerator, accelerators: instances > 1 ? shape.accelerators * instances : acceleratorsOf(layout) };
    const what = [`${shapeName(size)} as ${layoutName(layout)}`, ...formatWhereOpen(need, precision)].join(" in ");
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

/** A service whose precision is given is told apart by its layout alone. */
const formatWhereOpen = ({ precisions, model }: ServiceNeed, precision: ServingPrecision): string[] =>
  precisions.length > 1 ? [mainWeightFormat(precision, model)] : [];

const targetNames = { ttft: "the first token", tpot: "each token", "request-latency": "the whole answer" } as const;

const missedRejection = ({ target, requiredSeconds, bestSeconds }: MissedTarget, { targets }: ServiceNeed, className: string): Refusal => ({
  code: target,
  required: roundTo(2, toMs(requiredSeconds)),
  available: roundTo(2, toMs(bestSeconds)),
  unit: `ms at p${roundTo(1, targets.percentile * 100)}`,
  detail: `${targetNames[target]} of class ${className} takes ${toMs(bestSeconds).toFixed(1)} ms with a single request in flight, against a target of ${toMs(requiredSeconds).toFixed(1)} ms`,
});

type Found = Pick<Candidate, "memory" | "site" | "capacities">;

interface Place extends ReplicaChoice {
  readonly need: ServiceNeed;
  readonly shape: ServingShape;
}

/** What was found of a replica, on a shape for a service. */
export const placed = ({ memory, site, capacities }: Found, { need, shape, layout, precision, instances }: Place): Candidate => ({
  id: [need.name, shape.key, layoutName(layout), ...formatWhereOpen(need, precision)].join("|"),
  need,
  shape,
  layout,
  precision,
  memory,
  site,
  capacities,
  instancesPerReplica: instances,
  replicasPerInstance: instances > 1 ? 1 : shape.accelerators / acceleratorsOf(layout),
});
