import {
  type BuyingRules,
  cheapestRun,
  microUsd,
  type Outcome,
  type PlanRequest,
  refuse,
  runInOneMonth,
  soldAs,
  succeed,
  sumUsd,
  type TrainingPlacement,
  timesCount,
} from "@headroom/core";
import type { FleetQuestion } from "../formulate/fleet-question.ts";

export interface PlacedTraining {
  readonly runs: readonly TrainingPlacement[];
  /** What quotas and budget leave to the services. */
  readonly rules: BuyingRules;
}

/** Each training job on its cheapest machines, before the services: a quota that one draws on is smaller for the rest. */
export const placeTraining = ({ trainingJobs = [] }: PlanRequest, { offers, rules }: FleetQuestion): Outcome<PlacedTraining> => {
  const runs: TrainingPlacement[] = [];
  let left = rules;
  for (const [index, job] of trainingJobs.entries()) {
    const allowed = offers.filter((offer) => left.quotas.every(({ covers, max }) => !covers(soldAs(offer)) || max > 0));
    const run = cheapestRun(job, allowed, rules.horizonHours);
    if (!run) return refuse(`/trainingJobs/${index}`, "fits no machine for sale by its deadline, within the horizon and in its budget");
    runs.push(run);
    left = {
      ...left,
      quotas: left.quotas.map((quota) => (quota.covers(soldAs(run.offer)) ? { ...quota, max: quota.max - sizeOf(run, quota) } : quota)),
    };
    if (left.quotas.some(({ max }) => max < 0)) return refuse(`/trainingJobs/${index}`, "needs more than a quota leaves");
  }
  const inAMonth = sumUsd(runs.map(({ offer, instances, cost }) => runInOneMonth(cost, timesCount(offer.listPrice, instances))));
  const budget = rules.budgetPerMonth;
  const leftBudget = budget === undefined ? undefined : budget - inAMonth;
  if (leftBudget !== undefined && leftBudget < 0n) return refuse("/limits/budgetUsdPerMonth", "does not pay for the training jobs alone");
  return succeed({ runs, rules: { ...left, budgetPerMonth: leftBudget === undefined ? undefined : microUsd(leftBudget) } });
};

const sizeOf = ({ offer, instances }: TrainingPlacement, { counts }: BuyingRules["quotas"][number]): number =>
  counts === "accelerators" ? instances * offer.instanceType.accelerators : instances;
