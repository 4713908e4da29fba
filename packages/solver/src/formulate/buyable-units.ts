import {
  type BuyingRules,
  type Candidate,
  dependableShare,
  failureZone,
  isCommitted,
  type MicroUsd,
  type Offer,
  type ServingPrecision,
  type ServingShape,
  soldAs,
  timesCount,
  type UsedInstances,
  withoutDominatedFormats,
} from "@headroom/core";
import { withoutDominated } from "./undominated-units.ts";
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
