import {
  type BuyingRules,
  type Candidate,
  dependableShare,
  failureZone,
  isCommitted,
  type MicroUsd,
  type Offer,
  type ServiceNeed,
  type ServingPrecision,
  type ServingShape,
  soldAs,
  timesCount,
  type UsedInstances,
  withoutDominatedFormats,
} from "@headroom/core";
import { egressPriceOf, instancePrice } from "./unit-price.ts";

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
  /** With the disks it holds. */
  readonly price: MicroUsd;
  /** Of a gibibyte of answers; nothing where egress is not priced. */
  readonly egressPrice: MicroUsd;
  /** What a unit can be counted on for, by traffic class, in the demand's own unit. */
  readonly capacities: readonly number[];
  /** Share of the service's busiest hour that a unit carries when it serves the service's own mix of classes. */
  readonly mixCapacity: number;
  /** The share of a unit's time that counts. */
  readonly dependable: number;
  /** Bought once for all hours. */
  readonly committed: boolean;
  readonly spot: boolean;
  readonly zone: string;
  /** Which quotas it draws on, as positions in the rules. */
  readonly quotas: readonly number[];
  /** Units that can be had at once. */
  readonly most: number;
}

/** How the plan in force bears on the choice: instances it has of each offer, and the cost of starting another, spread over the horizon. */
export interface Switching {
  readonly inForce: ReadonlyMap<string, number>;
  readonly usdPerHour: number;
}

/** Every unit that a cheapest fleet may need whose instances each serve one service. */
export const buyableUnits = (
  candidates: readonly Candidate[],
  offers: readonly Offer[],
  rules: BuyingRules,
  switching: Switching,
): BuyableUnit[] => withoutDominated(standingUnits(candidates, offers, rules, switching), rules, switching);

/** Every candidate on the cheapest offer of each kind, those among them that others replace. */
export const standingUnits = (
  candidates: readonly Candidate[],
  offers: readonly Offer[],
  rules: BuyingRules,
  switching: Switching,
): BuyableUnit[] => {
  const buyable = new Set(offers);
  const kept = keptBy(switching);
  const standing = new Map<ServingPrecision | "any", Map<ServingShape, readonly Offer[]>>();
  const standingFor = ({ shape, precision, site }: Candidate): readonly Offer[] => {
    const pricedFor = rules.surcharges.storage ? precision : "any";
    const ofNeed = standing.get(pricedFor) ?? new Map<ServingShape, readonly Offer[]>();
    standing.set(pricedFor, ofNeed);
    const known = ofNeed.get(shape);
    if (known) return known;
    const offered = shape.offers
      .filter((offer) => buyable.has(offer))
      .map((offer) => ({ offer, price: instancePrice(site.replica, offer, rules) }));
    const own = cheapestOfEachKind(offered, rules, kept);
    ofNeed.set(shape, own);
    return own;
  };
  return withoutDominatedFormats(candidates, usedInstances(rules)).flatMap((candidate) =>
    standingFor(candidate)
      .filter(({ capacityType }) => capacityType !== "spot" || (rules.survive === "nothing" && candidate.need.spot === "allowed"))
      .map((offer) => unitOf(candidate, offer, rules)),
  );
};

/** How the instances of a fleet may be used, as the rules let services share them. */
export const usedInstances = ({ shareInstances }: Pick<BuyingRules, "shareInstances">): UsedInstances =>
  shareInstances ? "in parts" : "whole";

/** Every candidate on every offer, none dropped: what pruning is measured against. */
export const allUnits = (candidates: readonly Candidate[], offers: readonly Offer[], rules: BuyingRules): BuyableUnit[] =>
  candidates.flatMap((candidate) =>
    candidate.shape.offers.filter((offer) => offers.includes(offer)).map((offer) => unitOf(candidate, offer, rules)),
  );

export const unitOf = (candidate: Candidate, offer: Offer, rules: BuyingRules): BuyableUnit => {
  const { instancesPerReplica: instances, replicasPerInstance: replicas, need } = candidate;
  const dependable = dependableShare(offer.capacityType);
  const capacities = candidate.capacities.map(({ amount }) => amount * dependable * replicas);
  return {
    candidate,
    offer,
    instances,
    replicas,
    accelerators: instances * offer.instanceType.accelerators,
    price: timesCount(instancePrice(candidate.site.replica, offer, rules), instances),
    egressPrice: egressPriceOf(offer, rules),
    capacities,
    mixCapacity: 1 / need.classes.reduce((sum, { amount }, index) => sum + amount / (capacities[index] ?? 0), 0),
    dependable,
    committed: isCommitted(offer),
    spot: offer.capacityType === "spot",
    zone: zoneOf(offer),
    quotas: quotasOf(offer, rules),
    most: offer.stock === undefined ? Number.POSITIVE_INFINITY : Math.floor(offer.stock / instances),
  };
};

type Kept = (offer: Offer) => boolean;

const keptBy =
  ({ inForce, usdPerHour }: Switching): Kept =>
  (offer) =>
    usdPerHour > 0 && inForce.has(offer.id);

/**
 * Offers of a shape that are bought alike and draw on the same limits differ in price alone: the cheapest one stands for all, or
 * the cheapest of each zone where a zone may be lost.
 */
const cheapestOfEachKind = (offers: readonly PricedForNeed[], rules: BuyingRules, kept: Kept): Offer[] => {
  const kinds = new Map<string, PricedForNeed[]>();
  for (const priced of offers) {
    const { offer } = priced;
    const own = offer.stock !== undefined || kept(offer) ? offer.id : "";
    const limits = [quotasOf(offer, rules).join(","), egressPriceOf(offer, rules), own];
    const kind = [isCommitted(offer), offer.capacityType === "spot", ...limits].join("|");
    const ofKind = kinds.get(kind);
    if (ofKind) ofKind.push(priced);
    else kinds.set(kind, [priced]);
  }
  const perKind = rules.survive === "one-zone" ? Number.POSITIVE_INFINITY : 1;
  return [...kinds.values()].flatMap((ofKind) => {
    const zones = new Set<string>();
    const offersByPrice = ofKind.toSorted(byPrice).map(({ offer }) => offer);
    return offersByPrice.filter((offer) => {
      const zone = zoneOf(offer);
      const isNew = !zones.has(zone) && zones.size < perKind;
      zones.add(zone);
      return isNew;
    });
  });
};

/** An offer and what one of its instances costs the service in question. */
interface PricedForNeed {
  readonly offer: Offer;
  readonly price: MicroUsd;
}

const byPrice = (a: PricedForNeed, b: PricedForNeed): number => Number(a.price - b.price) || (a.offer.id < b.offer.id ? -1 : 1);

const quotasOf = (offer: Offer, { quotas }: BuyingRules): number[] =>
  quotas.flatMap(({ covers }, index) => (covers(soldAs(offer)) ? [index] : []));

const zoneOf = ({ instanceType, region, zone }: Offer): string => failureZone({ provider: instanceType.provider, region, zone });

/**
 * Drops a unit that another one replaces one for one in any fleet and any hour: no dearer, no less capacity in any class, in
 * free supply, and without harm to the spot share. A unit whose replacement can run out stays.
 */
export const withoutDominated = (
  units: readonly BuyableUnit[],
  { spotMaxShare, survive }: BuyingRules,
  switching: Switching,
): BuyableUnit[] => {
  const kept = keptBy(switching);
  const limitsSpot = spotMaxShare < 1 && units.some(({ spot }) => spot);
  const mayReplace = (other: BuyableUnit, unit: BuyableUnit): boolean =>
    (!kept(unit.offer) || other.offer === unit.offer) &&
    (survive !== "one-zone" || other.zone === unit.zone) &&
    (!limitsSpot || keepsSpotShare(other, unit));
  const byNeed = new Map<ServiceNeed, BuyableUnit[]>();
  for (const unit of units) {
    const own = byNeed.get(unit.candidate.need);
    if (own) own.push(unit);
    else byNeed.set(unit.candidate.need, [unit]);
  }
  return [...byNeed.values()].flatMap((own) =>
    own.filter((unit, index) => !own.some((other, otherIndex) => replaces(other, unit, otherIndex < index) && mayReplace(other, unit))),
  );
};

const replaces = (other: BuyableUnit, unit: BuyableUnit, comesFirst: boolean): boolean => {
  if (other === unit) return false;
  const drawsOnTheSame = other.offer === unit.offer && other.instances === unit.instances && other.accelerators === unit.accelerators;
  if (!drawsOnTheSame && (other.quotas.length > 0 || Number.isFinite(other.most))) return false;
  if (other.committed && !unit.committed) return false;
  if (other.egressPrice > unit.egressPrice) return false;
  if (other.price > unit.price || other.capacities.some((capacity, index) => capacity < (unit.capacities[index] ?? 0))) return false;
  const isBetter =
    other.price < unit.price ||
    other.egressPrice < unit.egressPrice ||
    (unit.committed && !other.committed) ||
    other.capacities.some((capacity, index) => capacity > (unit.capacities[index] ?? 0));
  return isBetter || comesFirst;
};

/** Spot may only shrink against all accelerators when `unit` gives way to `other`. */
const keepsSpotShare = (other: BuyableUnit, unit: BuyableUnit): boolean => {
  if (other.spot) return unit.spot && other.accelerators === unit.accelerators;
  return other.accelerators >= unit.accelerators;
};
