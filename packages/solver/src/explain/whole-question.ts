import { type Candidate, divideUsd, type MicroUsd, microUsd, sumUsd } from "@headroom/core";
import type { FleetQuestion } from "../formulate/fleet-question.ts";
import type { PlanFleetInput } from "../plan-fleet.ts";
import type { FleetProblem } from "../solve/fleet.ts";
import { batchCost } from "../solve/place-batch.ts";
import type { PlacedTraining } from "../solve/place-training.ts";
import type { JobsFleet } from "../solve/solve-with-jobs.ts";

/** The jobs of a plan, beside its services. */
export interface PlannedJobs {
  readonly question: FleetQuestion;
  /** Ways to run the batch jobs. */
  readonly candidates: readonly Candidate[];
  readonly placed: JobsFleet;
  readonly training: PlacedTraining;
  /** Before anything cheaper was found for it beside the rest. */
  readonly trainingAtFirst: PlacedTraining;
}

/** A whole question, services, batch and training jobs, and what its plan costs. */
export interface WholeQuestion {
  readonly problem: FleetProblem;
  readonly input: PlanFleetInput;
  readonly jobs: PlannedJobs;
  readonly spent: MicroUsd;
  /** Proved: no plan costs less. */
  readonly atLeast: MicroUsd | undefined;
}

/** Of services, batch jobs and training jobs, in the mean of the horizon's hours. */
export const wholeCost = (
  { fleet, runs }: { readonly fleet: { readonly costPerHour: MicroUsd }; readonly runs: JobsFleet["runs"] },
  training: PlacedTraining,
  rules: Pick<FleetProblem["rules"], "horizonHours" | "surcharges">,
): MicroUsd => {
  const trained = sumUsd(training.runs.map(({ cost }) => cost));
  const batch = batchCost(runs, rules) / 1000n;
  return microUsd(fleet.costPerHour + divideUsd(microUsd(trained + batch), rules.horizonHours));
};
