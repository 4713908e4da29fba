import { type MicroUsd, microUsd, toUsd } from "@headroom/core";
import { formulateFleet } from "../formulate/formulate-fleet.ts";
import { networksDiffer } from "../formulate/way-out.ts";
import { withoutSpare } from "./consolidate.ts";
import { type FleetProblem, meanCost } from "./fleet.ts";
import { alone, type FleetAsked, type FleetOutcome, fleetOf } from "./fleet-outcome.ts";
import type { UnitCounts } from "./layered-fleet.ts";
import { boundBelow, lowerBound } from "./lower-bound.ts";
import { settlePools } from "./settle-pools.ts";
import { sharedOut } from "./share-out.ts";
import { type SharedOutcome, sharedFleet } from "./shared-fleet.ts";
import { largestProgram, solveProgram } from "./solve-program.ts";
import type { SolveTools } from "./solve-tools.ts";

/** The whole question as one program: fleets that share nothing first, then whether one that shares its instances costs less. */
export const solveWhole = async (asked: FleetAsked, tools: SolveTools): Promise<FleetOutcome> => {
  const apart = await solveApart(asked, tools);
  const { divided } = asked;
  if (!divided) return apart.kind === "fleet" ? fleetWith(asked, apart, tools) : apart;
  const known = apart.kind === "fleet" ? cheaperOf(asked, apart, { ...apart, settled: sharedOut(asked, apart.settled.bought) }) : undefined;
  const problem = { ...asked.problem, limits: { ...asked.problem.limits, timeLimitSeconds: secondsLeft(asked.problem, tools) } };
  const shared = await sharedFleet({ ...asked, problem, divided, known: known && costWithStarts(asked, known.settled.bought) }, tools);
  if (shared.kind === "fleet") {
    const { bound, backend } = shared;
    const replicas = withoutSpare({ ...asked, ...asked.problem, shareable: divided.shareable, replicas: shared.replicas });
    const together: Chosen = { kind: "fleet", settled: settlePools(replicas), bound, backend };
    return fleetWith(asked, known ? { ...cheaperOf(asked, known, together), bound } : together, tools);
  }
  if (apart.kind === "fleet") return fleetWith(asked, { ...(known ?? apart), bound: boundBeside(shared, apart.bound) }, tools);
  return apart.kind === "infeasible" && shared.kind === "unknown" ? tooMany : apart;
};

/** Of the limit. */
const secondsLeft = ({ limits, deadlineMs }: FleetProblem, { nowMs }: SolveTools): number =>
  Math.min(limits.timeLimitSeconds, Math.max(0, (deadlineMs - nowMs()) / 1000));

/** The first where they cost the same. */
const cheaperOf = (asked: FleetAsked, first: Chosen, other: Chosen): Chosen =>
  costWithStarts(asked, other.settled.bought) < costWithStarts(asked, first.settled.bought) ? other : first;

const tooMany: FleetOutcome = { kind: "out-of-time", reason: "fleets whose instances are shared are too many to try" };

/** What holds for fleets that share as well. */
const boundBeside = (shared: Exclude<SharedOutcome, { kind: "fleet" }>, ofApart: number | undefined): number | undefined => {
  switch (shared.kind) {
    case "none-cheaper":
      return ofApart;
    case "unknown":
      return shared.bound;
    case "infeasible":
      return undefined;
  }
};

interface Chosen {
  readonly kind: "fleet";
  readonly settled: ReturnType<typeof alone>;
  /** With what starting instances costs. */
  readonly bound: number | undefined;
  readonly backend: string;
  readonly boundCounts?: "egress";
}

type Apart = Chosen | Exclude<FleetOutcome, { kind: "fleet" }>;

/** One program with every count whole, and every instance for one service. */
const solveApart = async ({ problem, units, groups }: FleetAsked, tools: SolveTools): Promise<Apart> => {
  const { needs, rules, limits, switching } = problem;
  const egress = networksDiffer(units) ? "counted" : "apart";
  const formulation = formulateFleet({ needs, units, rules, groups, switching, egress, kind: "integer" });
  if (formulation.program.variables.length > largestProgram.variables)
    return { kind: "out-of-time", reason: "the whole program is too large" };
  const { outcome, backend } = await solveProgram(formulation.program, limits, tools.backends);
  switch (outcome.status) {
    case "optimal":
    case "feasible": {
      const counts: UnitCounts = new Map(
        units.map((unit, index) => [unit, groups.map((_, group) => outcome.values[formulation.counts[index]?.[group] ?? -1] ?? 0)]),
      );
      return {
        kind: "fleet",
        settled: alone(counts),
        bound: outcome.bound,
        backend,
        ...(egress === "counted" ? { boundCounts: "egress" } : {}),
      };
    }
    case "infeasible":
      return { kind: "infeasible", backend };
    case "unbounded":
      return { kind: "out-of-time", reason: "the program has no least cost" };
    case "no-solution":
      return { kind: "out-of-time", reason: outcome.reason };
  }
};

const costWithStarts = ({ problem, groups }: FleetAsked, bought: UnitCounts): number =>
  toUsd(meanCost(bought, groups)) + switchingPerHour(bought, problem.switching);

const fleetWith = (asked: FleetAsked, { settled, bound, backend, boundCounts }: Chosen, tools: SolveTools): Promise<FleetOutcome> => {
  const { problem, groups } = asked;
  const costPerHour = meanCost(settled.bought, groups);
  const withoutStarts = bound === undefined ? undefined : bound - switchingPerHour(settled.bought, problem.switching);
  const found = { groups, settled, costPerHour, backend };
  if (boundCounts) {
    const boundPerHour = withoutStarts === undefined ? undefined : boundBelow(withoutStarts);
    return fleetOf(problem, { ...found, boundPerHour, boundCounts }, tools);
  }
  const boundPerHour = withoutStarts === undefined ? undefined : boundOf(withoutStarts, asked, costPerHour);
  return fleetOf(problem, { ...found, boundPerHour }, tools);
};

/** What starting instances costs that the plan in force does not have, spread over the horizon. */
const switchingPerHour = (counts: UnitCounts, { inForce, usdPerHour }: FleetProblem["switching"]): number => {
  const wanted = new Map<string, number>();
  for (const [{ offer, instances }, ofUnit] of counts) wanted.set(offer.id, (wanted.get(offer.id) ?? 0) + instances * Math.max(...ofUnit));
  return usdPerHour * [...wanted].reduce((sum, [id, count]) => sum + Math.max(0, count - (inForce.get(id) ?? 0)), 0);
};

/** With one group of hours a cost is a sum of whole counts times prices; a mean over hours is not. */
const boundOf = (bound: number, { units, divided, groups }: FleetAsked, cost: MicroUsd): MicroUsd => {
  const all = [...units, ...(divided?.shareable ?? [])];
  const prices = groups.length === 1 ? all.map(({ price }) => price) : [microUsd(1n)];
  return lowerBound(bound, prices, cost);
};
