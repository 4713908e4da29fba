import type { ServiceNeed } from "../candidates/index.ts";
import { comfortableHostMemoryGib, type PricedOffer } from "../market/index.ts";
import { pipelineStages, singleAccelerator, stageWeightBytes } from "../memory/index.ts";
import { oncePer, toGib } from "../units/index.ts";
import type { PlanLine } from "./plan-document.ts";

/** What an instance must bring beside its accelerators: room for the weights on disk, host memory to load them, a network. */
export const lineNeeds = (input: {
  readonly need: ServiceNeed;
  readonly acceleratorsPerInstance: number;
  readonly instancesPerReplica: number;
  /** Of each accelerator. */
  readonly offloadedGib: number;
}): PlanLine["needs"] => {
  const { need, acceleratorsPerInstance, instancesPerReplica, offloadedGib } = input;
  return {
    storageGib: storageGibOf(need),
    hostMemoryGib: comfortableHostMemoryGib(acceleratorsPerInstance, offloadedGib),
    network: instancesPerReplica > 1 ? "rdma" : "none",
  };
};

/** Room on an instance's disk for the whole checkpoint, which every instance reads, however many share a replica. */
export const storageGibOf = oncePer(({ model, precision }: ServiceNeed): number => {
  const weights = pipelineStages(model, 1).map((stage) =>
    stageWeightBytes({ model, stage, layout: singleAccelerator, formats: precision.weights }),
  );
  return Math.ceil(weights.reduce((sum, ofStage) => sum + toGib(ofStage), 0));
});

/** What the instance brings, beside what the line needs. */
export const lineHas = (needs: PlanLine["needs"], { hostMemoryGib, network, networkGbps }: PricedOffer): NonNullable<PlanLine["has"]> => ({
  ...(hostMemoryGib === undefined ? {} : { hostMemoryGib }),
  hostMemory: hostMemoryGib === undefined ? "not-known" : hostMemoryGib < needs.hostMemoryGib ? "tight" : "enough",
  network,
  ...(networkGbps === undefined ? {} : { networkGbps }),
});
