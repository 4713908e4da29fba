import type { BuyingRules, Offer } from "@headroom/core";
import type { BuyableUnit, Switching } from "./buyable-units.ts";

/**
 * Shareable units without those on an offer that another one replaces instance for instance, whatever runs there together: no
 * dearer, in free supply, bought no more firmly, and for every unit one whose replicas are as small a part of the instance and
 * carry no less in any class.
 */
export const onUndominatedOffers = (
  shareable: readonly BuyableUnit[],
  rules: BuyingRules,
  { inForce, usdPerHour }: Switching,
): BuyableUnit[] => {
  const byOffer = new Map<Offer, BuyableUnit[]>();
  for (const unit of shareable) {
    const own = byOffer.get(unit.offer);
    if (own) own.push(unit);
    else byOffer.set(unit.offer, [unit]);
  }
  const limitsSpot = rules.spotMaxShare < 1 && shareable.some(({ spot }) => spot);
  const isKept = ({ id }: Offer) => usdPerHour > 0 && inForce.has(id);
  const all = [...byOffer.values()];
  const replaced = all.map((units, index) =>
    all.some(
      (others, other) => other !== index && replacesAll(others, units, other < index) && !(limitsSpot && harmsSpotShare(others, units)),
    ),
  );
  return all.flatMap((units, index) => (replaced[index] && !units.some(({ offer }) => isKept(offer)) ? [] : units));
};

const replacesAll = (others: readonly BuyableUnit[], units: readonly BuyableUnit[], comesFirst: boolean): boolean => {
  const [other, unit] = [others[0], units[0]];
  if (!other || !unit || other.quotas.length > 0 || Number.isFinite(other.most)) return false;
  if (other.price > unit.price || (other.committed && !unit.committed)) return false;
  const isSame = other.price === unit.price && other.committed === unit.committed && others.length === units.length;
  return (
    units.every((one) => others.some((with_) => replaces(with_, one))) &&
    (comesFirst || !isSame || !others.every((one) => units.some((with_) => replaces(with_, one))))
  );
};

const replaces = (other: BuyableUnit, unit: BuyableUnit): boolean =>
  other.candidate.need === unit.candidate.need &&
  other.replicas % unit.replicas === 0 &&
  other.capacities.every((capacity, at) => capacity / other.replicas >= (unit.capacities[at] ?? 0) / unit.replicas);

const harmsSpotShare = ([other]: readonly BuyableUnit[], [unit]: readonly BuyableUnit[]): boolean =>
  other !== undefined &&
  unit !== undefined &&
  (other.spot ? !(unit.spot && other.accelerators === unit.accelerators) : other.accelerators < unit.accelerators);
