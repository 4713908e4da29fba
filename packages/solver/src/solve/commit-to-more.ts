import type { MicroUsd } from "@headroom/core";
import { type Commitments, commitmentsOf, sameCommitments } from "./commitment-paths.ts";
import type { Fleet } from "./fleet.ts";
import { fleetBeside } from "./fleet-beside.ts";
import { fleetForJobs, type JobsToBuyFor } from "./fleet-for-jobs.ts";
import type { PlacedJobs } from "./place-jobs.ts";
import type { SolveTools } from "./solve-tools.ts";

/** A fleet of the services, and the jobs beside it. */
export interface FleetWithJobs {
  readonly fleet: Fleet;
  readonly placed: PlacedJobs;
  readonly costPerHour: MicroUsd;
}

interface MoreToCommit extends Pick<JobsToBuyFor, "services" | "questions"> {
  /** The services' cheapest fleet. */
  readonly first: FleetWithJobs;
  /** Undefined where there is no room for the jobs beside a fleet. */
  readonly place: (fleet: Fleet) => FleetWithJobs | undefined;
}

/** Parts of the way from the services' own commitments to all that a job could use, about the best so far. */
const steps = [1 / 2, 1 / 4, 1 / 8];

/**
 * The same with more commitments, where their idle hours spare a job more than they cost the services. The jobs' work is used up
 * somewhere on the way from what the services want to what a job without end would, so a few counts between are tried.
 */
export const commitToMore = async (asked: MoreToCommit, tools: SolveTools): Promise<FleetWithJobs> => {
  const { services, questions, first, place } = asked;
  const isLate = () => tools.nowMs() > services.deadlineMs;
  // What starting instances costs is not part of a fleet's own cost, and would have to be compared too.
  if (questions.length === 0 || services.switching.usdPerHour > 0 || isLate()) return first;
  const most = await fleetForJobs({ services, questions, runs: first.placed.runs }, tools);
  if (!most) return first;
  const [fewest, all] = [commitmentsOf(first.fleet), commitmentsOf(most)];
  const tried: Commitments[] = [fewest, all];
  let best = cheaper({ at: 0, found: first }, { at: 1, found: place(most) });
  for (const step of steps)
    for (const at of [best.at - step, best.at + step].filter((part) => part > 0 && part < 1)) {
      const standing = between(fewest, all, at);
      if (tried.some((other) => sameCommitments(other, standing)) || isLate()) continue;
      tried.push(standing);
      const fleet = await fleetBeside({ problem: services, standing, joining: "by-the-hour-only" }, tools);
      best = cheaper(best, { at, found: fleet && place(fleet) });
    }
  return best.found;
};

interface Tried {
  /** Part of the way. */
  readonly at: number;
  readonly found: FleetWithJobs;
}

const cheaper = (best: Tried, { at, found }: { readonly at: number; readonly found: FleetWithJobs | undefined }): Tried =>
  found && found.costPerHour < best.found.costPerHour ? { at, found } : best;

const between = (fewest: Commitments, all: Commitments, part: number): Commitments =>
  new Map(
    [...new Map([...fewest, ...all])].flatMap(([key, { unit }]) => {
      const [low, high] = [fewest.get(key)?.count ?? 0, all.get(key)?.count ?? 0];
      const count = Math.round(low + part * (high - low));
      return count > 0 ? [[key, { unit, count }] as const] : [];
    }),
  );
