import type { Backends } from "./backends.ts";
import { cheapestKept } from "./cheapest-kept.ts";
import { type CoarseRelaxation, coarseRelaxation } from "./coarse-relaxation.ts";
import { hoursBeside, isCovering } from "./exact-week.ts";
import { type FleetProblem, meanCost } from "./fleet.ts";
import { askedOf, type FleetAsked, leavesUnserved } from "./fleet-outcome.ts";
import { layeredFleet } from "./layered-fleet.ts";
import { exceedsBudget, type QuickFleet } from "./quick-fleet.ts";
import { nearlyRounded } from "./rounded-fleet.ts";
import { sharedOut } from "./share-out.ts";
import type { SolveTools } from "./solve-tools.ts";

/** Few groups of hours and few units at once: what it misses of the optimum is a part of a percent where many machines are bought. */
const coarseness = { least: 8, unitsTimesGroups: 1000, allAtOnce: 60 } as const;

/** Of the search for the cheapest hours beside commitments, where that is known. */
const partOfSearch = 0.1;

/** What a week costs in parts of machines, and what it is worth to serve a little less. */
export const nearRelaxation = (
  { problem: { needs, rules, limits }, units, groups }: FleetAsked,
  backends: Backends,
): Promise<CoarseRelaxation> => coarseRelaxation({ needs, units, rules, groups }, coarseness, { limits, backends });

/** A fleet close to the best, of all kinds and shared out, without a bound; undefined where none keeps the rules. */
export const nearFleet = async (problem: FleetProblem, { backends, nowMs }: SolveTools): Promise<QuickFleet | undefined> => {
  const asked = askedOf(problem);
  if (leavesUnserved(asked)) return undefined;
  const { needs, rules } = problem;
  const { units, groups } = asked;
  const week = { needs, units, rules, groups };
  const isLate = () => nowMs() > problem.deadlineMs;
  const relaxed = await nearRelaxation(asked, backends);
  const rounded =
    relaxed.kind === "relaxed"
      ? nearlyRounded({
          ...week,
          units: relaxed.used,
          all: units,
          coarse: { bins: relaxed.bins, relaxed: relaxed.counts },
          isLate,
        })
      : undefined;
  const exact = rounded && isCovering(week) ? hoursBeside({ ...week, counts: rounded, share: partOfSearch, isLate }) : undefined;
  const counts = cheapestKept(asked, [exact, rounded, layeredFleet({ ...week, effort: "quick" })]);
  if (!counts) return undefined;
  const settled = sharedOut(asked, counts);
  const costPerHour = meanCost(settled.bought, groups);
  return exceedsBudget(costPerHour, rules) ? undefined : { groups, settled, costPerHour };
};
