import { allowedPrecision, checkpointBytes, type ServiceNeed } from "../candidates/index.ts";
import { comfortableHostMemoryGib, type PricedOffer } from "../market/index.ts";
import type { Replica } from "../memory/index.ts";
import { invariant, toGib } from "../units/index.ts";
import type { PlanLine } from "./plan-document.ts";

type Stored = Pick<Replica, "model" | "precision">;

/** What an instance must bring beside its accelerators: room for the weights on disk, host memory to load them, a network. */
export const lineNeeds = (input: {
  readonly stored: Stored;
  readonly acceleratorsPerInstance: number;
  readonly instancesPerReplica: number;
  /** Of each accelerator. */
  readonly offloadedGib: number;
}): PlanLine["needs"] => {
  const { stored, acceleratorsPerInstance, instancesPerReplica, offloadedGib } = input;
  return {
    storageGib: storageGibOf(stored),
    hostMemoryGib: comfortableHostMemoryGib(acceleratorsPerInstance, offloadedGib),
    network: instancesPerReplica > 1 ? "rdma" : "none",
  };
};

/** Room on an instance's disk for the whole checkpoint, which every instance reads, however many share a replica. */
export const storageGibOf = (stored: Stored): number => Math.ceil(toGib(checkpointBytes(stored)));

/** What a line stores. One in a precision that its service does not allow fails its check for that; it is told here as the first allowed. */
export const storedOf = ({ precision }: PlanLine, need: ServiceNeed): Stored => {
  const allowed = allowedPrecision(need, precision) ?? need.precisions[0];
  invariant(allowed !== undefined, "a service allows at least one precision");
  return { model: need.model, precision: allowed };
};

/** What the instance brings, beside what the line needs. */
export const lineHas = (needs: PlanLine["needs"], { hostMemoryGib, network, networkGbps }: PricedOffer): NonNullable<PlanLine["has"]> => ({
  ...(hostMemoryGib === undefined ? {} : { hostMemoryGib }),
  hostMemory: suffices(hostMemoryGib, needs.hostMemoryGib),
  network,
  ...(networkGbps === undefined ? {} : { networkGbps }),
});

const suffices = (has: number | undefined, needed: number | undefined): NonNullable<PlanLine["has"]>["hostMemory"] => {
  if (has === undefined || needed === undefined) return "not-known";
  return has < needed ? "tight" : "enough";
};
