import type { BuyableUnit } from "../formulate/buyable-units.ts";
import { type HourGroup, hourGroups } from "../formulate/hour-groups.ts";
import { boundAt } from "./bound-at-prices.ts";
import type { FleetProblem } from "./fleet.ts";
import type { PricedBin } from "./priced-bins.ts";

interface Lender {
  readonly problem: Pick<FleetProblem, "needs">;
  /** What the relaxation of its hours says. */
  readonly prices: readonly PricedBin[];
}

/**
 * Mean dollars an hour below which no fleet is, at the prices of another stage's relaxation: any prices bound. A relaxation of
 * which nothing runs out scales with the load, so what a request is worth is the same in every stage, and what a unit of load is
 * worth goes by how many requests it stands for.
 */
export const borrowedBound = (
  { needs, rules }: Pick<FleetProblem, "needs" | "rules">,
  units: readonly BuyableUnit[],
  lender: Lender,
): number => {
  const growth = needs.map(({ classes }, need) =>
    classes.map(({ amount }, at) => amount / (lender.problem.needs[need]?.classes[at]?.amount ?? amount)),
  );
  const own = hourGroups(needs);
  const bins = lender.prices.map(({ members, prices }) => ({
    members: own.filter(({ hours: [hour = 0] }) => members.some(({ hours }) => hours.includes(hour))),
    prices: { ...prices, classes: prices.classes.map((ofNeed, need) => ofNeed.map((price, at) => price * (growth[need]?.[at] ?? 1))) },
  }));
  return isWhole(bins, own) ? boundAt({ needs, units, rules }, bins) : 0;
};

const isWhole = (bins: readonly PricedBin[], groups: readonly HourGroup[]): boolean =>
  bins.reduce((sum, { members }) => sum + members.length, 0) === groups.length;
