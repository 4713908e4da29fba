import { type Candidate, divideUsd, type MicroUsd, microUsd, type Offer, type PlanRequest, sumUsd } from "@headroom/core";
import type { FleetQuestion } from "../formulate/fleet-question.ts";
import { roomBeside } from "../solve/batch-room.ts";
import type { FleetProblem } from "../solve/fleet.ts";
import { idleWeek } from "../solve/idle-week.ts";
import { batchCost } from "../solve/place-batch.ts";
import { placeJobs, questionsOf } from "../solve/place-jobs.ts";
import { cheapenTraining, type PlacedTraining, placeTraining } from "../solve/place-training.ts";
import type { SolveTools } from "../solve/solve-tools.ts";
import type { JobsFleet } from "../solve/solve-with-jobs.ts";
import { type CountedFleet, cheapestCost, cheapestFleet, withCandidates, withOffers } from "./restrict.ts";

/** The jobs of a plan, beside its services. */
export interface PlannedJobs {
  readonly question: FleetQuestion;
  /** Ways to run the batch jobs. */
  readonly candidates: readonly Candidate[];
  readonly placed: JobsFleet;
  readonly training: PlacedTraining;
}

/** A whole question: services, batch and training jobs. */
export interface WholeQuestion {
  readonly problem: FleetProblem;
  readonly request: PlanRequest;
  readonly jobs: PlannedJobs;
}

/** With less to choose from, for services and jobs alike. */
export interface Restriction {
  readonly offers?: (offer: Offer) => boolean;
  readonly candidates?: (candidate: Candidate) => boolean;
}

/** Mean cost an hour of the cheapest plan under a restriction, jobs placed as in any plan; undefined where none was found. */
export const costWithJobs = async (
  { problem, request, jobs }: WholeQuestion,
  { offers = () => true, candidates = () => true }: Restriction,
  tools: SolveTools,
): Promise<MicroUsd | undefined> => {
  const left = withCandidates(withOffers(problem, offers), candidates);
  if (left.horizon) return cheapestCost(left, tools);
  const asked = { ...jobs.question, offers: left.offers };
  const training = placeTraining(request, asked);
  if (!training.ok) return undefined;
  const { rules } = training.value;
  const services = { ...left, rules };
  const fleet = await cheapestFleet(services, tools);
  if (!fleet) return undefined;
  const own = { services, jobs: jobs.question.jobs, candidates: jobs.candidates.filter(candidates) };
  const purchases = [...fleet.counts].map(([unit, bought]) => ({ unit, bought }));
  const placed = placeJobs(questionsOf(own), {
    room: roomBeside({ groups: fleet.groups, purchases }, rules),
    week: idleWeek({ needs: services.needs, survive: rules.survive, ...fleet }),
  });
  if (!placed) return undefined;
  const trained = cheapenTraining(training.value, asked, { room: placed.room, others: "some" });
  return wholeCost({ fleet, runs: placed.runs }, trained, rules);
};

/** Of services, batch jobs and training jobs, in the mean of the horizon's hours. */
export const wholeCost = (
  { fleet, runs }: { readonly fleet: Pick<CountedFleet, "costPerHour">; readonly runs: JobsFleet["runs"] },
  training: PlacedTraining,
  rules: Pick<FleetProblem["rules"], "horizonHours" | "surcharges">,
): MicroUsd => {
  const trained = sumUsd(training.runs.map(({ cost }) => cost));
  const batch = batchCost(runs, rules) / 1000n;
  return microUsd(fleet.costPerHour + divideUsd(microUsd(trained + batch), rules.horizonHours));
};
