import {
  divideUsd,
  formatUsd,
  isCommitted,
  type PlanLine,
  pricedOffer,
  roundTo,
  type TrainingPlacement,
  trainingMemoryOf,
} from "@headroom/core";

/** One line for a training job. */
export const trainingLine = (
  { job, offer, instances, layout, estimate, hours, cost }: TrainingPlacement,
  horizonHours: number,
): PlanLine => {
  const { hostMemoryGib: _host, network: _network, networkGbps: _gbps, stock: _stock, zone: _zone, ...priced } = pricedOffer(offer);
  return {
    for: job.name,
    ...priced,
    instances,
    replicas: 1,
    instancesPerReplica: instances,
    replicasPerInstance: 1,
    layout: {
      ...layout,
      dataParallelSize: (offer.instanceType.accelerators * instances) / (layout.tensorParallelSize * layout.pipelineParallelSize),
      expertParallel: false,
    },
    precision: { weights: "bf16", kvCache: "bf16" },
    engine: {
      name: "training",
      gpuMemoryUtilization: 1,
      maxModelLen: job.sequenceLength,
      maxNumSeqs: job.microBatchSize,
      maxNumBatchedTokens: Math.min(10_000_000, job.microBatchSize * job.sequenceLength),
    },
    memory: trainingMemoryOf(estimate),
    ...(isCommitted(offer) ? {} : { active: { fromHour: 0, untilHour: hours } }),
    training: {
      days: estimate.days ?? 0,
      acceleratorHours: estimate.acceleratorHours ?? 0,
      usdForTheRun: formatUsd(cost),
      mfu: roundTo(6, estimate.mfu),
      source: estimate.source,
    },
    needs: { ...estimate.needs, network: instances > 1 ? "rdma" : "none" },
    usdPerHour: formatUsd(divideUsd(cost, horizonHours)),
  };
};
