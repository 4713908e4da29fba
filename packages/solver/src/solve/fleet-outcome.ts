import type { BuyableUnit } from "../formulate/buyable-units.ts";
import type { DividedUnits } from "../formulate/divide-units.ts";
import type { HourGroup } from "../formulate/hour-groups.ts";
import { type Fleet, type FleetProblem, purchasesOf } from "./fleet.ts";
import type { UnitCounts } from "./layered-fleet.ts";
import type { Settled } from "./settle-pools.ts";
import type { SolveTools } from "./solve-tools.ts";

export type FleetOutcome =
  | { readonly kind: "fleet"; readonly fleet: Fleet }
  | { readonly kind: "infeasible"; readonly backend: string }
  | { readonly kind: "out-of-time"; readonly reason: string };

/** A problem and what may be bought for it. */
export interface FleetAsked {
  readonly problem: FleetProblem;
  /** Of fleets that share nothing. */
  readonly units: readonly BuyableUnit[];
  /** Undefined where nothing can be shared. */
  readonly divided: DividedUnits | undefined;
  readonly groups: readonly HourGroup[];
}

/** Routes the traffic over what was chosen. */
export const fleetOf = async (
  problem: FleetProblem,
  { settled, ...found }: Omit<Fleet, "purchases"> & { readonly settled: Settled },
  { backends }: SolveTools,
): Promise<FleetOutcome> => {
  const purchases = await purchasesOf(problem, found.groups, settled, backends);
  if (!purchases) return unroutable;
  return { kind: "fleet", fleet: { ...found, purchases } };
};

export const unroutable: FleetOutcome = { kind: "out-of-time", reason: "the traffic could not be routed over what was chosen" };

/** Every instance serves one service. */
export const alone = (counts: UnitCounts): Settled => ({ work: counts, bought: counts, hosts: new Map() });
