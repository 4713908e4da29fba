import { type BuyingRules, type Candidate, dependableShare, type MicroUsd, type Offer, soldAs, timesCount } from "@headroom/core";

/**
 * The smallest amount of a candidate that an offer sells: one instance with the replicas it holds, or the instances
 * that one replica spans.
 */
export interface BuyableUnit {
  readonly candidate: Candidate;
  readonly offer: Offer;
  readonly instances: number;
  readonly replicas: number;
  readonly accelerators: number;
  readonly price: MicroUsd;
  /** What a unit can be counted on for, by traffic class, in the demand's own unit. */
  readonly capacities: readonly number[];
  /** Which quotas it draws on, as positions in the rules. */
  readonly quotas: readonly number[];
}

/** Every unit that a cheapest fleet may need. */
export const buyableUnits = (candidates: readonly Candidate[], offers: readonly Offer[], rules: BuyingRules): BuyableUnit[] => {
  const buyable = new Set(offers);
  const units = candidates.flatMap((candidate) =>
    candidate.shape.offers.filter((offer) => buyable.has(offer)).map((offer) => unitOf(candidate, offer, rules)),
  );
  return withoutDominated(cheapestOfEachKind(units), rules);
};

const unitOf = (candidate: Candidate, offer: Offer, rules: BuyingRules): BuyableUnit => {
  const { instancesPerReplica: instances, replicasPerInstance: replicas } = candidate;
  const dependable = dependableShare(offer.capacityType) * replicas;
  return {
    candidate,
    offer,
    instances,
    replicas,
    accelerators: instances * offer.instanceType.accelerators,
    price: timesCount(offer.listPrice, instances),
    capacities: candidate.capacities.map(({ amount }) => amount * dependable),
    quotas: rules.quotas.flatMap(({ covers }, index) => (covers(soldAs(offer)) ? [index] : [])),
  };
};

/** Offers that serve a candidate alike and draw on the same quotas differ in price alone: the cheapest one stands for all. */
const cheapestOfEachKind = (units: readonly BuyableUnit[]): BuyableUnit[] => {
  const cheapest = new Map<string, BuyableUnit>();
  for (const unit of units) {
    const kind = [unit.candidate.id, unit.offer.capacityType === "spot", unit.quotas.join(",")].join("|");
    const other = cheapest.get(kind);
    if (!other || isCheaper(unit, other)) cheapest.set(kind, unit);
  }
  return [...cheapest.values()];
};

const isCheaper = (a: BuyableUnit, b: BuyableUnit): boolean => a.price < b.price || (a.price === b.price && a.offer.id < b.offer.id);

/**
 * Drops a unit that another one replaces one for one in any fleet: no dearer, no less capacity in any class, in free
 * supply, and without harm to the spot share. A unit whose replacement can run out stays.
 */
const withoutDominated = (units: readonly BuyableUnit[], { spotMaxShare }: BuyingRules): BuyableUnit[] => {
  const limitsSpot = spotMaxShare < 1 && units.some(isSpot);
  return units.filter(
    (unit, index) => !units.some((other, otherIndex) => replaces(other, unit, { limitsSpot, comesFirst: otherIndex < index })),
  );
};

const isSpot = ({ offer }: BuyableUnit): boolean => offer.capacityType === "spot";

const replaces = (
  other: BuyableUnit,
  unit: BuyableUnit,
  { limitsSpot, comesFirst }: { limitsSpot: boolean; comesFirst: boolean },
): boolean => {
  if (other === unit || other.candidate.need !== unit.candidate.need || other.quotas.length > 0) return false;
  if (other.price > unit.price || other.capacities.some((capacity, index) => capacity < (unit.capacities[index] ?? 0))) return false;
  if (limitsSpot && !keepsSpotShare(other, unit)) return false;
  const isBetter = other.price < unit.price || other.capacities.some((capacity, index) => capacity > (unit.capacities[index] ?? 0));
  return isBetter || comesFirst;
};

/** Spot may only shrink against all accelerators when `unit` gives way to `other`. */
const keepsSpotShare = (other: BuyableUnit, unit: BuyableUnit): boolean => {
  if (isSpot(other)) return isSpot(unit) && other.accelerators === unit.accelerators;
  return other.accelerators >= unit.accelerators;
};
