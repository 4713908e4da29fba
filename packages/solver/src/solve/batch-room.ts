import type { BuyingRules } from "@headroom/core";
import type { BuyableUnit } from "../formulate/buyable-units.ts";
import type { Fleet } from "./fleet.ts";

/** What is left for jobs beside all that is there already, in every hour of the horizon. */
export interface Room {
  /** By position in the rules' quotas. */
  readonly quotas: readonly number[];
  /** σ · all accelerators − those on spot: what the spot share leaves. */
  readonly spot: number;
}

type Limits = Pick<BuyingRules, "quotas" | "spotMaxShare">;

export const emptyRoom = ({ quotas, spotMaxShare }: Limits): Room => ({
  quotas: quotas.map(({ max }) => max),
  spot: spotMaxShare >= 1 ? Number.POSITIVE_INFINITY : 0,
});

interface Bought extends Pick<Fleet, "groups"> {
  readonly purchases: readonly { readonly unit: BuyableUnit; readonly bought: readonly number[] }[];
}

/** Beside the services, in the hour in which they leave least. */
export const roomBeside = ({ purchases, groups }: Bought, rules: Limits): Room => {
  const sumIn = (group: number, size: (unit: BuyableUnit) => number) =>
    purchases.reduce((sum, { unit, bought }) => sum + size(unit) * (bought[group] ?? 0), 0);
  const most = (size: (unit: BuyableUnit) => number) => Math.max(...groups.map((_, group) => sumIn(group, size)));
  const empty = emptyRoom(rules);
  return {
    quotas: empty.quotas.map((max, quota) => max - most((unit) => takesOfQuota(unit, quota, rules))),
    spot: empty.spot - most((unit) => overSpotShare(unit, rules)),
  };
};

/** Units that still fit, the spot share aside. */
export const mostIn = (unit: BuyableUnit, { quotas }: Room, rules: Limits): number =>
  Math.max(0, Math.min(unit.most, ...unit.quotas.map((quota) => Math.floor((quotas[quota] ?? 0) / takesOfQuota(unit, quota, rules)))));

/** What more of a unit leaves. */
export const roomAfter = (room: Room, { unit, count }: { readonly unit: BuyableUnit; readonly count: number }, rules: Limits): Room => ({
  quotas: room.quotas.map((left, quota) => left - count * takesOfQuota(unit, quota, rules)),
  spot: room.spot - count * overSpotShare(unit, rules),
});

/** Accelerators on spot beyond the share that a unit brings with it; below 0 where it makes room for spot. */
export const overSpotShare = ({ accelerators, spot }: BuyableUnit, { spotMaxShare }: Limits): number =>
  accelerators * ((spot ? 1 : 0) - spotMaxShare);

const takesOfQuota = (unit: BuyableUnit, quota: number, { quotas }: Limits): number =>
  unit.quotas.includes(quota) ? (quotas[quota]?.counts === "accelerators" ? unit.accelerators : unit.instances) : 0;
