import {
  divideUsd,
  formatUsd,
  isCommitted,
  lineHas,
  type PlanLine,
  pricedOffer,
  roundTo,
  type TrainingPlacement,
  trainingMemoryOf,
  trainingShape,
} from "@headroom/core";

/** One line for a training job. */
export const trainingLine = (
  { job, offer, instances, layout, estimate, hours, cost }: TrainingPlacement,
  horizonHours: number,
): PlanLine => {
  const document = pricedOffer(offer);
  const { hostMemoryGib: _host, network: _network, networkGbps: _gbps, stock: _stock, zone: _zone, ...priced } = document;
  const needs: PlanLine["needs"] = { ...estimate.needs, network: instances > 1 ? "rdma" : "none" };
  return {
    for: job.name,
    ...priced,
    instances,
    ...trainingShape(job, { instances, accelerators: offer.instanceType.accelerators, layout }),
    memory: trainingMemoryOf(estimate),
    ...(isCommitted(offer) ? {} : { active: { fromHour: 0, untilHour: hours } }),
    training: {
      days: estimate.days ?? 0,
      acceleratorHours: estimate.acceleratorHours ?? 0,
      usdForTheRun: formatUsd(cost),
      mfu: roundTo(6, estimate.mfu),
      source: estimate.source,
    },
    needs,
    has: lineHas(needs, document),
    usdPerHour: formatUsd(divideUsd(cost, horizonHours)),
  };
};
