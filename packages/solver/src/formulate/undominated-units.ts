import type { BuyingRules, ServiceNeed } from "@headroom/core";
import type { BuyableUnit, Switching } from "./buyable-units.ts";

/**
 * Drops a unit that so many of another one replace in any fleet and any hour: together no dearer, no less capacity in any class,
 * in free supply, and without harm to the spot share. A unit whose replacement can run out stays.
 */
export const withoutDominated = (
  units: readonly BuyableUnit[],
  { spotMaxShare, survive }: BuyingRules,
  { inForce, usdPerHour }: Switching,
): BuyableUnit[] => {
  const startingCosts = usdPerHour > 0;
  const isKept = ({ offer }: BuyableUnit) => startingCosts && inForce.has(offer.id);
  const limitsSpot = spotMaxShare < 1 && units.some(({ spot }) => spot);
  const mayReplace = (other: BuyableUnit, unit: BuyableUnit): boolean =>
    (!isKept(unit) || other.offer === unit.offer) && (survive !== "one-zone" || other.zone === unit.zone);
  const range = { limitsSpot, most: startingCosts ? 1 : Number.POSITIVE_INFINITY };
  const byNeed = new Map<ServiceNeed, BuyableUnit[]>();
  for (const unit of units) {
    const own = byNeed.get(unit.candidate.need);
    if (own) own.push(unit);
    else byNeed.set(unit.candidate.need, [unit]);
  }
  return [...byNeed.values()].flatMap((own) =>
    own.filter(
      (unit, index) =>
        !own.some((other, otherIndex) => {
          if (other === unit || !suits(other, unit) || !mayReplace(other, unit)) return false;
          const copies = copiesFor(other, unit, range);
          return copies !== undefined && (otherIndex < index || copies > 1 || isBetter(other, unit));
        }),
    ),
  );
};

/** Whether one can stand wherever the other does: nothing of it runs out first, and it is bought no more firmly. */
const suits = (other: BuyableUnit, unit: BuyableUnit): boolean => {
  if (other.committed && !unit.committed) return false;
  if (other.egressPrice > unit.egressPrice || other.price > unit.price) return false;
  return drawsOnTheSame(other, unit) || (other.quotas.length === 0 && !Number.isFinite(other.most));
};

const drawsOnTheSame = (other: BuyableUnit, unit: BuyableUnit): boolean =>
  other.offer === unit.offer && other.instances === unit.instances && other.accelerators === unit.accelerators;

interface CopiesAllowed {
  readonly limitsSpot: boolean;
  readonly most: number;
}

/** How many of the other carry no less for no more; undefined where none do. Only equals of what it draws on may run out. */
const copiesFor = (other: BuyableUnit, unit: BuyableUnit, { limitsSpot, most }: CopiesAllowed): number | undefined => {
  const carrying = other.capacities.reduce((least, capacity, at) => Math.max(least, Math.ceil((unit.capacities[at] ?? 0) / capacity)), 1);
  const affordable = drawsOnTheSame(other, unit) || other.price === 0n ? 1 : Number(unit.price / other.price);
  const copies = Math.max(carrying, limitsSpot && !unit.spot ? Math.ceil(unit.accelerators / other.accelerators) : 1);
  if (!(copies <= Math.min(affordable, most))) return undefined;
  return limitsSpot && !keepsSpotShare(copies, other, unit) ? undefined : copies;
};

/** Spot may only shrink against all accelerators when `unit` gives way. */
const keepsSpotShare = (copies: number, other: BuyableUnit, unit: BuyableUnit): boolean =>
  !other.spot || (unit.spot && copies * other.accelerators <= unit.accelerators);

const isBetter = (other: BuyableUnit, unit: BuyableUnit): boolean =>
  other.price < unit.price ||
  other.egressPrice < unit.egressPrice ||
  (unit.committed && !other.committed) ||
  other.capacities.some((capacity, index) => capacity > (unit.capacities[index] ?? 0));
