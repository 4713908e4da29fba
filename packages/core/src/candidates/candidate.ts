import type { Accelerator } from "../hardware/index.ts";
import type { InferenceMemory, ParallelLayout } from "../memory/index.ts";
import type { ServingSite } from "../performance/index.ts";
import type { ClassCapacity } from "./capacity-within-targets.ts";
import type { ServiceNeed } from "./service-need.ts";
import type { ServingShape } from "./serving-shape.ts";

/** A way to serve a service on a shape of instance that fits and meets every target. */
export interface Candidate {
  readonly id: string;
  readonly need: ServiceNeed;
  readonly shape: ServingShape;
  readonly layout: ParallelLayout;
  /** One of the two is 1. */
  readonly instancesPerReplica: number;
  readonly replicasPerInstance: number;
  readonly memory: InferenceMemory;
  readonly site: ServingSite;
  /** Of one replica, in the order of the service's classes. */
  readonly capacities: readonly ClassCapacity[];
}

/** Why something was not considered, with the numbers that decide it. */
export interface Rejection {
  readonly service: string;
  readonly accelerator: Accelerator;
  /** That the refused replica would have spanned. */
  readonly instances: number;
  readonly what: string;
  readonly code: "memory" | "engine" | "precision" | "ttft" | "tpot" | "request-latency" | "context" | "host-memory";
  readonly required: number | undefined;
  readonly available: number | undefined;
  readonly unit: string;
  readonly detail: string;
}
