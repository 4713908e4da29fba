import type { SolveLimits } from "../backends/backend.ts";
import type { BuyableUnit } from "../formulate/buyable-units.ts";
import type { Backends } from "./backends.ts";
import { boundAt } from "./bound-at-prices.ts";
import { coarseRelaxation, type RelaxedCounts, type WeekOfUnits } from "./coarse-relaxation.ts";
import type { PricedBin } from "./priced-bins.ts";

export type BoundOutcome =
  | {
      readonly kind: "bound";
      readonly usdPerHour: number;
      readonly backend: string;
      readonly bins: readonly PricedBin[];
      /** What the relaxation buys anything of, and how much of it in an hour of each bin. */
      readonly used: readonly BuyableUnit[];
      readonly relaxed: RelaxedCounts;
    }
  | { readonly kind: "infeasible"; readonly backend: string }
  | { readonly kind: "unknown" };

/** The relaxation is solved over so many groups of hours, more where there is less to buy; its prices then bound every hour by itself. */
const coarseness = { least: 16, unitsTimesGroups: 4000, allAtOnce: 150 } as const;

/**
 * A proved lower bound on the cost of a week. The relaxation, over groups of hours alike, prices each class of each service in
 * each group, and the rules. With any such prices the hours come apart (Lagrange), and in each hour each service: there whole
 * units are counted again, which is what lifts the bound above the relaxation.
 *
 * What the bound is at given prices stands in bound-at-prices.
 */
export const hourlyBound = async (week: WeekOfUnits, limits: SolveLimits, backends: Backends): Promise<BoundOutcome> => {
  const relaxed = await coarseRelaxation(week, coarseness, { limits, backends });
  const backend = (await backends.large()).name;
  switch (relaxed.kind) {
    case "relaxed": {
      const { bins, used, counts } = relaxed;
      return { kind: "bound", usdPerHour: boundAt(week, bins), backend, bins, used, relaxed: counts };
    }
    case "infeasible":
      return { kind: "infeasible", backend };
    case "unknown":
      return relaxed;
  }
};
