import {
  type BuyingRules,
  cheapestRun,
  hoursPerMonth,
  isCommitted,
  type MicroUsd,
  microUsd,
  type Offer,
  type Outcome,
  type PlanRequest,
  type RunMarket,
  refuse,
  runInOneMonth,
  soldAs,
  succeed,
  sumUsd,
  type TrainingPlacement,
  timesCount,
} from "@headroom/core";
import type { FleetQuestion } from "../formulate/fleet-question.ts";
import type { Room } from "./batch-room.ts";

export interface PlacedTraining {
  readonly runs: readonly TrainingPlacement[];
  /** Over the horizon, what the jobs cost at least wherever there is room for them. */
  readonly bound: MicroUsd;
  /** What quotas and budget leave to the services. */
  readonly rules: BuyingRules;
}

/** Each training job on its cheapest machines, on demand where that is for sale, before the services: a quota that one draws on is smaller for the rest. */
export const placeTraining = ({ trainingJobs = [] }: PlanRequest, { offers, rules }: FleetQuestion): Outcome<PlacedTraining> => {
  const runs: TrainingPlacement[] = [];
  let left = rules;
  for (const [index, job] of trainingJobs.entries()) {
    const run = waysAtFirst(rules).reduce<TrainingPlacement | undefined>(
      (found, isWay) => found ?? cheapestRun(job, marketOf(offers.filter(isWay), left)),
      undefined,
    );
    if (!run)
      return refuse(`/trainingJobs/${index}`, "fits no machine for sale by its deadline, within the horizon, the quotas and its budget");
    runs.push(run);
    left = { ...left, quotas: left.quotas.map((quota) => ({ ...quota, max: quota.max - takenBy(run, quota) })) };
  }
  const budget = rules.budgetPerMonth;
  const leftBudget = budget === undefined ? undefined : budget - monthOf(runs);
  if (leftBudget !== undefined && leftBudget < 0n) return refuse("/limits/budgetUsdPerMonth", "does not pay for the training jobs alone");
  return succeed({
    runs,
    bound: sumUsd(runs.map(({ least }) => least)),
    rules: { ...left, budgetPerMonth: leftBudget === undefined ? undefined : microUsd(leftBudget) },
  });
};

/** Spot only where nothing must be there beside it. */
const waysAtFirst = ({ spotMaxShare }: BuyingRules): readonly ((offer: Offer) => boolean)[] => [
  ({ capacityType }) => capacityType === "on-demand",
  isInstalled,
  ({ capacityType }) => capacityType === "spot" && spotMaxShare >= 1,
];

interface Beside {
  /** What all else leaves. */
  readonly room: Room;
  /** Whether there are lines of services or of other jobs, which may make room for spot. */
  readonly others: "none" | "some";
}

/**
 * The same jobs where spot, or servers that are installed already, cost less and there is room for them once all else stands.
 * A run needs all of its machines at once, so it is on spot as a whole, as far as the others make room for that.
 */
export const cheapenTraining = (
  placed: PlacedTraining,
  { offers, rules }: Pick<FleetQuestion, "offers" | "rules">,
  { room, others }: Beside,
): PlacedTraining => {
  const cheaper = offers.filter((offer) => isInstalled(offer) || offer.capacityType === "spot");
  if (placed.runs.length === 0 || cheaper.length === 0) return placed;
  const noSpot = others === "none" && placed.runs.length === 1 && rules.spotMaxShare < 1;
  const thinkable = marketOf(noSpot ? cheaper.filter(isInstalled) : cheaper, rules);
  let left = room;
  const runs: TrainingPlacement[] = [];
  const least: MicroUsd[] = [];
  for (const run of placed.runs) {
    const ideal = cheapestRun(run.job, thinkable);
    const isLess = ideal !== undefined && ideal.least < run.least;
    least.push(isLess ? ideal.least : run.least);
    const found = isLess ? cheapestRun(run.job, roomyMarket(cheaper, rules, left)) : undefined;
    const taken = found && mayReplace(found, run, rules) ? found : run;
    runs.push(taken);
    if (taken !== run) left = roomWithout(taken, left, rules);
  }
  return { ...placed, runs, bound: sumUsd(least) };
};

/** The budget was found to suffice for the run as it stood. */
const mayReplace = (found: TrainingPlacement, run: TrainingPlacement, { budgetPerMonth }: BuyingRules): boolean =>
  found.cost < run.cost && (budgetPerMonth === undefined || monthOf([found]) <= monthOf([run]));

const roomWithout = (run: TrainingPlacement, { quotas, spot }: Room, rules: BuyingRules): Room => ({
  quotas: quotas.map((max, index) => max - takenBy(run, rules.quotas[index])),
  spot: run.offer.capacityType === "spot" ? spot - run.instances * overShare(run.offer, rules) : spot,
});

const isInstalled = ({ capacityType, id }: Offer): boolean => capacityType === "owned" && id.endsWith("/installed");

const overShare = ({ instanceType }: Offer, { spotMaxShare }: BuyingRules): number => instanceType.accelerators * (1 - spotMaxShare);

const roomyMarket = (offers: readonly Offer[], rules: BuyingRules, { quotas, spot }: Room): RunMarket => {
  const market = marketOf(offers, { ...rules, quotas: rules.quotas.map((quota, index) => ({ ...quota, max: quotas[index] ?? 0 })) });
  const onSpot = (offer: Offer) =>
    offer.capacityType === "spot" ? Math.floor(spot / overShare(offer, rules) + 1e-9) : Number.POSITIVE_INFINITY;
  return { ...market, mostOf: (offer) => Math.min(market.mostOf(offer), onSpot(offer)) };
};

const marketOf = (offers: readonly Offer[], { quotas, horizonHours }: BuyingRules): RunMarket => ({
  offers,
  horizonHours,
  mostOf: (offer) =>
    Math.min(
      offer.stock ?? Number.POSITIVE_INFINITY,
      ...quotas.flatMap(({ covers, max, counts }) =>
        covers(soldAs(offer)) ? [Math.floor(max / (counts === "accelerators" ? offer.instanceType.accelerators : 1))] : [],
      ),
    ),
});

const takenBy = ({ offer, instances }: TrainingPlacement, quota: BuyingRules["quotas"][number] | undefined): number => {
  if (!quota?.covers(soldAs(offer))) return 0;
  return quota.counts === "accelerators" ? instances * offer.instanceType.accelerators : instances;
};

/** Of the horizon's first month, in which every run is there. */
const monthOf = (runs: readonly TrainingPlacement[]): MicroUsd =>
  sumUsd(
    runs.map(({ offer, instances, cost }) => {
      const perHour = timesCount(offer.listPrice, instances);
      return isCommitted(offer) ? timesCount(perHour, hoursPerMonth) : runInOneMonth(cost, perHour);
    }),
  );
