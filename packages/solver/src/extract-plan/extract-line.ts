import {
  type BuyingRules,
  type ClassCapacity,
  type EngineLimits,
  formatUsd,
  type HourlyCount,
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
import type { BuyableUnit } from "../formulate/buyable-units.ts";
import { byHour } from "../formulate/hour-groups.ts";
import type { Fleet, FleetProblem, Purchase } from "../solve/fleet.ts";
import { busiestLoad, type LineLoad } from "./line-load.ts";

/** One line of the plan for each thing bought. */
export const extractLine = (purchase: Purchase, problem: Pick<FleetProblem, "needs" | "rules">, fleet: Fleet): PlanLine => {
  const { unit, counts, bought, host } = purchase;
  const inHours = (of: readonly number[]) => byHour(fleet.groups, of);
  const line = servingLine(unit, {
    instances: hourlyCount(inHours(bought).map((count) => count * unit.instances)),
    replicas: hourlyCount(inHours(counts).map((count) => Math.round(count * unit.replicas))),
    load: busiestLoad(purchase, problem, fleet),
    rules: problem.rules,
  });
  return host === undefined ? line : { ...line, sharesInstancesOf: fleet.purchases.findIndex((other) => other.unit === host) };
};

interface AtWork {
  readonly instances: HourlyCount;
  readonly replicas: HourlyCount;
  readonly load: LineLoad;
  readonly rules: Pick<BuyingRules, "surcharges">;
}

/** A line that serves requests, there for the whole horizon. */
export const servingLine = (unit: BuyableUnit, { instances, replicas, load, rules }: AtWork): PlanLine => {
  const { candidate, offer } = unit;
  const { need } = candidate;
  const priced = pricedOffer(offer);
  const brings = lineNeeds({
    stored: candidate.site.replica,
    acceleratorsPerInstance: priced.acceleratorsPerInstance,
    instancesPerReplica: candidate.instancesPerReplica,
    offloadedGib: offloadedGib(candidate.memory),
  });
  const price = linePrice(priced, brings.storageGib, rules.surcharges);
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
    replicas,
    instancesPerReplica: candidate.instancesPerReplica,
    replicasPerInstance: candidate.replicasPerInstance,
    layout: candidate.layout,
    precision: { weights: mainWeightFormat(candidate.precision, need.model), kvCache: candidate.precision.kvCache },
    engine: engineOf(need.engine),
    memory: perAcceleratorOf(candidate.memory),
    predicted: {
      percentile: roundTo(3, need.targets.percentile * 100),
      ttftMs: roundTo(3, toMs(load.ttftSeconds)),
      tpotMs: roundTo(3, toMs(load.tpotSeconds)),
      tpotMsInterval: [roundTo(3, toMs(evidence.band[0])), roundTo(3, toMs(evidence.band[1]))],
      requestLatencyMs: roundTo(3, toMs(load.requestLatencySeconds)),
      requestsInFlightPerReplica: roundTo(3, load.requestsInFlightPerReplica),
      maxRequestsInFlightPerReplica: byClass(unit, ({ maxRunning }) => maxRunning),
      requestsPerSecondPerReplica: byClass(unit, ({ requestsPerSecond }) => roundTo(6, requestsPerSecond)),
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

const byClass = (unit: BuyableUnit, pick: (capacity: ClassCapacity) => number): Record<string, number> =>
  Object.fromEntries(unit.candidate.capacities.map((capacity, index) => [unit.candidate.need.classes[index]?.name ?? "", pick(capacity)]));
