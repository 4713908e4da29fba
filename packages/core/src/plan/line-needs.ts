import { pipelineStages, type Replica, singleAccelerator, stageWeightBytes } from "../memory/index.ts";
import { toGib } from "../units/index.ts";
import type { PlanLine } from "./plan-document.ts";

/** An engine process, and the two checkpoint shards that are in flight while weights load. */
const hostGibPerAccelerator = 4;
const hostGibWhileLoading = 16;

/** What an instance must bring beside its accelerators: room for the weights on disk, host memory to load them, a network. */
export const lineNeeds = (input: {
  readonly replica: Replica;
  readonly acceleratorsPerInstance: number;
  readonly instancesPerReplica: number;
}): PlanLine["needs"] => {
  const { replica, acceleratorsPerInstance, instancesPerReplica } = input;
  const { model, precision } = replica;
  const weights = pipelineStages(model, 1).map((stage) =>
    stageWeightBytes({ model, stage, layout: singleAccelerator, formats: precision.weights }),
  );
  return {
    storageGib: Math.ceil(weights.reduce((sum, ofStage) => sum + toGib(ofStage), 0)),
    hostMemoryGib: hostGibWhileLoading + hostGibPerAccelerator * acceleratorsPerInstance,
    network: instancesPerReplica > 1 ? "rdma" : "none",
  };
};
