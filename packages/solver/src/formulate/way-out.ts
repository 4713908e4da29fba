import { type BuyingRules, bytes, type Candidate, latencyQuantile, operatingPoint, toGib, toUsd } from "@headroom/core";
import type { BuyableUnit } from "./buyable-units.ts";

/** Units of one candidate whose answers leave through networks at one price: traffic does not tell them apart. */
export interface Pool {
  readonly candidate: Candidate;
  readonly units: readonly BuyableUnit[];
}

/** By candidate, and by the price of egress. */
export const poolsOf = (units: readonly BuyableUnit[]): Pool[] => {
  const pools = new Map<Candidate, Map<bigint, BuyableUnit[]>>();
  for (const unit of units) {
    const ofCandidate = pools.get(unit.candidate) ?? new Map<bigint, BuyableUnit[]>();
    pools.set(unit.candidate, ofCandidate);
    const pool = ofCandidate.get(unit.egressPrice);
    if (pool) pool.push(unit);
    else ofCandidate.set(unit.egressPrice, [unit]);
  }
  return [...pools].flatMap(([candidate, byPrice]) => [...byPrice.values()].map((ofPool) => ({ candidate, units: ofPool })));
};

export const networksDiffer = (units: readonly BuyableUnit[]): boolean => new Set(units.map(({ egressPrice }) => egressPrice)).size > 1;

/**
 * Dollars an hour for the answers of the whole of each class in the busiest hour, if a pool took them all.
 *
 *   amount · requests of one · oslTokens · bytes per token · 3600 / 2³⁰ · USD per GiB
 *
 * A request is one; people send at least 1 / (latency at the candidate's capacity + thinking) each.
 */
export const wayOut = ({ candidate, units }: Pool, { surcharges }: Pick<BuyingRules, "surcharges">): number[] => {
  const { need } = candidate;
  const perGib = toUsd(units[0]?.egressPrice ?? (0n as BuyableUnit["egressPrice"]));
  const requests = leastRequestsOfOne(candidate);
  return need.classes.map(({ amount, shape }) => {
    const tokensPerSecond = amount * requests * shape.oslTokens;
    return toGib(bytes(tokensPerSecond * 3600 * surcharges.bytesPerOutputToken(need.name))) * perGib;
  });
};

/** How often one of what demand is counted in sends a request at least, on a candidate. */
export const leastRequestsOfOne = ({ need, site, capacities }: Candidate): number => {
  const { unit, classes, targets } = need;
  if (unit.kind === "rate") return 1;
  const slowest = classes.map(({ shape }, at) => {
    const point = operatingPoint(site, shape, capacities[at]?.maxRunning ?? 1);
    return latencyQuantile(point, shape, targets.percentile).requestLatencySeconds;
  });
  return 1 / (Math.max(...slowest) + unit.thinkSeconds);
};
