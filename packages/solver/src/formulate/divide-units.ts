import { type BuyingRules, type Candidate, microUsd, type Offer } from "@headroom/core";
import type { BuyableUnit, Switching } from "./buyable-units.ts";
import { withoutDominated } from "./undominated-units.ts";

/** The units whose instances several services may share, whole and in parts. */
export interface DividedUnits {
  /** Whole, each with more than one replica an instance, on offers that have two such units or more. */
  readonly shareable: readonly BuyableUnit[];
  /**
   * What bounds every fleet, shared or not: a replica of a shareable unit at its part of the instance's price, and the other
   * units whole.
   */
  readonly pieces: readonly BuyableUnit[];
  readonly wholeOf: ReadonlyMap<BuyableUnit, BuyableUnit>;
}

/** Undefined where nothing can be shared. */
export const divideUnits = (standing: readonly BuyableUnit[], rules: BuyingRules, switching: Switching): DividedUnits | undefined => {
  if (!rules.shareInstances) return undefined;
  const kindsOn = new Map<Offer, number>();
  for (const { offer } of standing.filter(hasParts)) kindsOn.set(offer, (kindsOn.get(offer) ?? 0) + 1);
  const isShareable = (unit: BuyableUnit) => hasParts(unit) && (kindsOn.get(unit.offer) ?? 0) > 1;
  const shareable = standing.filter(isShareable);
  if (shareable.length === 0) return undefined;
  const wholeOf = new Map(shareable.map((unit) => [partOf(unit), unit]));
  const pieces = withoutDominated([...standing.filter((unit) => !isShareable(unit)), ...wholeOf.keys()], rules, switching);
  return { shareable, pieces, wholeOf };
};

const hasParts = ({ instances, replicas }: BuyableUnit): boolean => instances === 1 && replicas > 1;

/** Accelerators of one replica of a shareable unit. */
export const sizeOf = ({ accelerators, replicas }: BuyableUnit): number => accelerators / replicas;

/** One replica, at its part of everything that an instance costs and draws on; of a micro-dollar nothing is rounded up. */
const partOf = (unit: BuyableUnit): BuyableUnit => ({
  ...replicaOf(unit),
  instances: unit.instances / unit.replicas,
  accelerators: sizeOf(unit),
  price: microUsd(unit.price / BigInt(unit.replicas)),
  quotas: unit.quotas,
});

/** One replica by itself: it serves, and what it runs on is bought apart. */
export const replicaOf = (unit: BuyableUnit): BuyableUnit => ({
  ...unit,
  candidate: aloneOf(unit.candidate),
  instances: 0,
  replicas: 1,
  accelerators: 0,
  price: microUsd(0n),
  capacities: unit.capacities.map((capacity) => capacity / unit.replicas),
  mixCapacity: unit.mixCapacity / unit.replicas,
  quotas: [],
  most: unit.most * unit.replicas,
});

const alone = new WeakMap<Candidate, Candidate>();

const aloneOf = (candidate: Candidate): Candidate => {
  const known = alone.get(candidate);
  if (known) return known;
  const one = { ...candidate, replicasPerInstance: 1 };
  alone.set(candidate, one);
  return one;
};

/** The instances of an offer by themselves: they cost, and serve nobody. */
export const emptyInstances = (unit: BuyableUnit): BuyableUnit => ({
  ...unit,
  candidate: { ...unit.candidate, id: "instances", need: { ...unit.candidate.need, name: "" } },
  replicas: 0,
  capacities: unit.capacities.map(() => 0),
  mixCapacity: 0,
});
