import { type BuyingRules, type ServiceNeed, toUsd } from "@headroom/core";
import type { BuyableUnit } from "../formulate/buyable-units.ts";
import { type CoverItem, coverBound } from "./knapsack-cover.ts";
import { hoursOf, type PricedBin, type Prices } from "./priced-bins.ts";

interface PricedQuestion {
  readonly needs: readonly ServiceNeed[];
  readonly units: readonly BuyableUnit[];
  readonly rules: BuyingRules;
}

/**
 * Mean dollars an hour below which no fleet of the question's units is, at whatever prices.
 *
 *   given      v_skg price of a unit of load, μ_g of spot share, ν_qg of quotas
 *   worth      w_uh = max { Σ_k v_skg · a_k : Σ_k a_k · amount_k / capacity_uk ≤ 1, a_k ≤ load_sh }   what u can serve at most, in money
 *   price      ρ_uh = price_u + μ, ν · what u takes;  committed: ρ_uh sums to its whole price over the hours
 *   bound      Σ_h ( Σ_s min { Σ ρ_uh n_u : Σ w_uh n_u ≥ Σ_k v_skg · load_sh, n whole } − Σ_q ν_qg · max_q )
 *
 * Units are counted whole, so they must be the smallest that a service can pay for. Where replicas of several services may share an
 * instance, that is one replica, at the instance's price × its share of the accelerators; a whole instance only where one service
 * is asked about or the instance takes a single replica.
 */
export const boundAt = (question: PricedQuestion, bins: readonly PricedBin[]): number => {
  const { needs, units, rules } = question;
  const priced = withoutGifts(units, rules, bins);
  const hours = priced.reduce((sum, bin) => sum + hoursOf(bin), 0);
  const quotas = priced.reduce(
    (sum, bin) => sum + hoursOf(bin) * rules.quotas.reduce((all, { max }, quota) => all + max * (bin.prices.quotas[quota] ?? 0), 0),
    0,
  );
  const services = needs.map((need, index) => {
    const own = units.filter(({ candidate }) => candidate.need === need);
    return costOfService({ own, index, rules }, hoursAtPrices(own, index, priced));
  });
  return (services.reduce((sum, cost) => sum + cost, 0) - quotas) / hours;
};

/** What a unit takes of the spot share and the quotas, in money. */
export const takenOf = (unit: BuyableUnit, rules: BuyingRules, prices: Prices): number =>
  prices.spot * unit.accelerators * ((unit.spot ? 1 : 0) - rules.spotMaxShare) +
  unit.quotas.reduce(
    (sum, quota) =>
      sum + (prices.quotas[quota] ?? 0) * (rules.quotas[quota]?.counts === "accelerators" ? unit.accelerators : unit.instances),
    0,
  );

/** What a unit can serve at most in an hour, in money. */
export const worthOf = (unit: BuyableUnit, need: number, { classes }: Prices): number =>
  Math.max(
    0,
    ...unit.capacities.map((capacity, at) => ((classes[need]?.[at] ?? 0) * capacity) / (unit.candidate.need.classes[at]?.amount ?? 1)),
  );

/** Prices of the spot share at which no unit is paid for being there: what makes room for spot must not be worth more than it costs. */
const withoutGifts = (units: readonly BuyableUnit[], rules: BuyingRules, bins: readonly PricedBin[]): readonly PricedBin[] => {
  const hours = bins.reduce((sum, bin) => sum + hoursOf(bin), 0);
  const meanShare = bins.reduce((sum, bin) => sum + bin.prices.spot * hoursOf(bin), 0) / hours;
  const affordable = (price: number, of: readonly BuyableUnit[]): number =>
    of.reduce((least, unit) => {
      const gift = price * unit.accelerators * rules.spotMaxShare;
      return gift > toUsd(unit.price) ? Math.min(least, toUsd(unit.price) / gift) : least;
    }, 1);
  const others = units.filter(({ spot }) => !spot);
  const byTheHour = others.filter(({ committed }) => !committed);
  const committed = affordable(
    meanShare,
    others.filter((unit) => unit.committed),
  );
  return bins.map(({ members, prices }) => ({
    members,
    prices: { ...prices, spot: prices.spot * Math.min(committed, affordable(prices.spot, byTheHour)) },
  }));
};

interface PricedHour {
  readonly prices: Prices;
  /** Hours of the group, and the service's load in them. */
  readonly hours: number;
  readonly load: number;
  /** By unit. */
  readonly worths: readonly number[];
}

const hoursAtPrices = (own: readonly BuyableUnit[], need: number, bins: readonly PricedBin[]): PricedHour[] =>
  bins.flatMap(({ members, prices }) => {
    const values = prices.classes[need] ?? [];
    return members.map(({ hours, loads }) => {
      const load = loads[need] ?? 0;
      return { prices, hours: hours.length, load, worths: own.map((unit) => worthWithin(unit, values, load)) };
    });
  });

/** The best use of one unit: classes in the order of what they are worth to it, none beyond what there is of it. */
const worthWithin = (unit: BuyableUnit, values: readonly number[], load: number): number => {
  const { classes } = unit.candidate.need;
  const shares = unit.capacities.map((capacity, at) => capacity / (classes[at]?.amount ?? 1));
  const order = shares
    .map((share, at) => ({ share, worth: share * (values[at] ?? 0) }))
    .filter(({ worth }) => worth > 0)
    .toSorted((a, b) => b.worth - a.worth);
  let [left, worth] = [1, 0];
  for (const use of order) {
    const part = Math.min(left, load / use.share);
    worth += part * use.worth;
    left -= part;
    if (left <= 0) break;
  }
  return worth;
};

interface OwnUnits {
  readonly own: readonly BuyableUnit[];
  readonly index: number;
  readonly rules: BuyingRules;
}

const costOfService = ({ own, index, rules }: OwnUnits, hours: readonly PricedHour[]): number => {
  const priceIn = own.map((unit, position) => (unit.committed ? committedPrice(unit, position, rules, hours) : hourlyPrice(unit, rules)));
  return hours.reduce((sum, hour) => {
    const items = own.map(
      ({ most }, position): CoverItem => ({ price: priceIn[position]?.(hour) ?? 0, worth: hour.worths[position] ?? 0, most }),
    );
    const value = (hour.prices.classes[index] ?? []).reduce((all, price) => all + price, 0);
    return sum + hour.hours * coverBound(items, value * hour.load);
  }, 0);
};

type PriceInHour = (hour: PricedHour) => number;

const hourlyPrice =
  (unit: BuyableUnit, rules: BuyingRules): PriceInHour =>
  ({ prices }) =>
    Math.max(0, toUsd(unit.price) + takenOf(unit, rules, prices));

/** Its worth in the hour, and what is left of its whole price spread evenly; where it is worth more than it costs, so much less. */
const committedPrice = (unit: BuyableUnit, position: number, rules: BuyingRules, hours: readonly PricedHour[]): PriceInHour => {
  const sum = (of: (hour: PricedHour) => number) => hours.reduce((all, hour) => all + hour.hours * of(hour), 0);
  const all = sum(() => 1);
  const price = Math.max(0, toUsd(unit.price) * all + sum(({ prices }) => takenOf(unit, rules, prices)));
  const worth = sum(({ worths }) => worths[position] ?? 0);
  const factor = worth > price ? price / worth : 1;
  const spread = worth > price ? 0 : (price - worth) / all;
  return ({ worths }) => (worths[position] ?? 0) * factor + spread;
};
