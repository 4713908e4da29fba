import {
  type ClassCapacity,
  type EngineLimits,
  formatUsd,
  hourlyCount,
  lineCostAtWork,
  lineHas,
  lineNeeds,
  linePrice,
  mainWeightFormat,
  offloadedGib,
  type PlanLine,
  perAcceleratorOf,
  pricedOffer,
  roundTo,
  toMs,
  tpotEvidence,
} from "@headroom/core";
import { byHour } from "../formulate/hour-groups.ts";
import type { Fleet, FleetProblem, Purchase } from "../solve/fleet.ts";
import { busiestLoad } from "./line-load.ts";

/** One line of the plan for each thing bought. */
export const extractLine = (purchase: Purchase, problem: Pick<FleetProblem, "needs" | "rules">, fleet: Fleet): PlanLine => {
  const { unit, counts } = purchase;
  const inHours = byHour(fleet.groups, counts);
  const { candidate, offer } = unit;
  const { need } = candidate;
  const instances = hourlyCount(inHours.map((count) => count * unit.instances));
  const priced = pricedOffer(offer);
  const brings = lineNeeds({
    need,
    acceleratorsPerInstance: priced.acceleratorsPerInstance,
    instancesPerReplica: candidate.instancesPerReplica,
    offloadedGib: offloadedGib(candidate.memory),
  });
  const price = linePrice(priced, brings.storageGib, problem.rules.surcharges);
  const load = busiestLoad(purchase, problem, fleet);
  const evidence = tpotEvidence(candidate.site, { running: load.requestsInFlightPerReplica, tpot: load.tpotSeconds });
  return {
    for: need.name,
    offerId: priced.offerId,
    provider: priced.provider,
    region: priced.region,
    instanceType: priced.instanceType,
    accelerator: priced.accelerator,
    acceleratorsPerInstance: priced.acceleratorsPerInstance,
    capacityType: priced.capacityType,
    ...(priced.term === undefined ? {} : { term: priced.term }),
    ...price,
    priceTrust: priced.priceTrust,
    priceSource: priced.priceSource,
    priceDate: priced.priceDate,
    instances,
    replicas: hourlyCount(inHours.map((count) => count * unit.replicas)),
    instancesPerReplica: candidate.instancesPerReplica,
    replicasPerInstance: candidate.replicasPerInstance,
    layout: candidate.layout,
    precision: { weights: mainWeightFormat(need.precision, need.model), kvCache: need.precision.kvCache },
    engine: engineOf(need.engine),
    memory: perAcceleratorOf(candidate.memory),
    predicted: {
      percentile: roundTo(3, need.targets.percentile * 100),
      ttftMs: roundTo(3, toMs(load.ttftSeconds)),
      tpotMs: roundTo(3, toMs(load.tpotSeconds)),
      tpotMsInterval: [roundTo(3, toMs(evidence.band[0])), roundTo(3, toMs(evidence.band[1]))],
      requestLatencyMs: roundTo(3, toMs(load.requestLatencySeconds)),
      requestsInFlightPerReplica: roundTo(3, load.requestsInFlightPerReplica),
      maxRequestsInFlightPerReplica: byClass(purchase, ({ maxRunning }) => maxRunning),
      requestsPerSecondPerReplica: byClass(purchase, ({ requestsPerSecond }) => roundTo(6, requestsPerSecond)),
      source: evidence.source,
    },
    needs: brings,
    has: lineHas(brings, priced),
    usdPerHour: formatUsd(lineCostAtWork({ ...price, instances })),
  };
};

const engineOf = ({
  name,
  version,
  gpuMemoryUtilization,
  maxModelLen,
  maxNumSeqs,
  maxNumBatchedTokens,
}: EngineLimits): PlanLine["engine"] => ({
  name,
  ...(version === undefined ? {} : { version }),
  gpuMemoryUtilization,
  maxModelLen,
  maxNumSeqs,
  maxNumBatchedTokens,
});

const byClass = ({ unit }: Purchase, pick: (capacity: ClassCapacity) => number): Record<string, number> =>
  Object.fromEntries(unit.candidate.capacities.map((capacity, index) => [unit.candidate.need.classes[index]?.name ?? "", pick(capacity)]));
