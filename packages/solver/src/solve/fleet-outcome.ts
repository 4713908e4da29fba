import { type BuyableUnit, standingUnits, withoutDominated } from "../formulate/buyable-units.ts";
import { type DividedUnits, divideUnits } from "../formulate/divide-units.ts";
import { type HourGroup, hourGroups } from "../formulate/hour-groups.ts";
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

export const askedOf = (problem: FleetProblem): FleetAsked => {
  const { needs, offers, rules, candidates, switching } = problem;
  const standing = standingUnits(candidates, offers, rules, switching);
  return {
    problem,
    units: withoutDominated(standing, rules, switching),
    groups: hourGroups(needs),
    divided: needs.length > 1 ? divideUnits(standing, rules, switching) : undefined,
  };
};

/** Whether some service has nothing that may be bought for it. */
export const leavesUnserved = ({ problem: { needs }, units }: Pick<FleetAsked, "problem" | "units">): boolean =>
  needs.some((need) => !units.some(({ candidate }) => candidate.need === need));

/** Routes the traffic over what was chosen. */
export const fleetOf = async (
  problem: FleetProblem,
  { settled, ...found }: Omit<Fleet, "purchases"> & { readonly settled: Settled },
  { backends }: SolveTools,
): Promise<FleetOutcome> => {
  const purchases = await purchasesOf(problem, found.groups, settled, backends);
  if (!purchases) return { kind: "out-of-time", reason: "the traffic could not be routed over what was chosen" };
  return { kind: "fleet", fleet: { ...found, purchases } };
};

/** Every instance serves one service. */
export const alone = (counts: UnitCounts): Settled => ({ work: counts, bought: counts, hosts: new Map() });
