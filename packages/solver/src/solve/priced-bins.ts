import type { FleetProgram } from "../formulate/formulate-fleet.ts";
import type { coarseGroups, HourGroup } from "../formulate/hour-groups.ts";

/** Hours of a week that are alike, priced together. */
export type Coarse = ReturnType<typeof coarseGroups>;

/** What a relaxation's rows say a unit of load, of a quota and of the spot share is worth in an hour of each group. */
export const pricedBins = (coarse: Coarse, { rows }: FleetProgram, duals: readonly number[]): readonly PricedBin[] => {
  const hours = coarse.reduce((sum, { group }) => sum + group.hours.length, 0);
  return coarse.map(({ group, members }, bin) => {
    const priceOf = (row: number | undefined): number => ((duals[row ?? -1] ?? 0) * hours) / group.hours.length;
    const prices: Prices = {
      classes: rows.served.map((ofNeed) => ofNeed.map((ofClass) => Math.max(0, priceOf(ofClass[bin])))),
      quotas: rows.quotas.map((ofQuota) => Math.max(0, -priceOf(ofQuota[bin]))),
      spot: Math.max(0, -priceOf(rows.spot[bin])),
    };
    return { members, prices };
  });
};

export interface Prices {
  readonly classes: readonly (readonly number[])[];
  readonly quotas: readonly number[];
  readonly spot: number;
}

export interface PricedBin {
  readonly members: readonly HourGroup[];
  readonly prices: Prices;
}

export const hoursOf = ({ members }: PricedBin): number => members.reduce((sum, { hours }) => sum + hours.length, 0);
