import {
  type BuyingRules,
  costPerHour,
  defaultIdleUse,
  defaultOwnership,
  defaultSpot,
  formatUsd,
  grows,
  horizonStages,
  hoursApart,
  inputHash,
  microUsd,
  type Plan,
  type PlanRequest,
  planCost,
  pricedOffer,
  sumUsd,
  withShares,
  zoneOfHours,
} from "@headroom/core";
import type { PlanFleetInput } from "../plan-fleet.ts";
import type { Fleet, FleetProblem } from "../solve/fleet.ts";
import { relativeGap } from "../solve/lower-bound.ts";
import type { PlacedTraining } from "../solve/place-training.ts";
import type { HorizonOutcome } from "../solve/solve-horizon.ts";
import type { JobsFleet } from "../solve/solve-with-jobs.ts";
import { batchLine } from "./batch-line.ts";
import { extractLine } from "./extract-line.ts";
import { extractDemandMet, extractRouting } from "./extract-routing.ts";
import { extractStages } from "./extract-stages.ts";
import { idleLine } from "./idle-line.ts";
import { linesWithEgress } from "./lines-with-egress.ts";
import { precisionAssumptions } from "./precision-assumptions.ts";
import { surchargesInWords } from "./surcharges-in-words.ts";
import { trainingLine } from "./training-line.ts";
import { unexplained } from "./unexplained.ts";

export interface Found {
  readonly problem: FleetProblem;
  readonly outcome: Extract<HorizonOutcome, { kind: "fleet" | "infeasible" }>;
  readonly training: PlacedTraining;
}

/** Services and jobs with what serves them. */
export interface Placed extends Found {
  readonly outcome: Extract<HorizonOutcome, { kind: "fleet" }>;
}

/** The plan as found, before its check, its explanation and its words. */
export const draftPlan = (input: PlanFleetInput, found: Found): Plan => {
  const { request, catalog, version } = input;
  const common = {
    id: input.newId(),
    ...(request.name === undefined ? {} : { name: request.name }),
    catalog: catalog.id,
    catalogAsOf: catalog.asOf,
    version,
    inputHash: inputHash({ request, catalog: catalog.id, version }),
    explanation: unexplained,
    assumptions: assumptionsOf(request, found.problem),
    request,
  };
  return found.outcome.kind === "fleet" ? fleetPlan(common, found, found.outcome) : emptyPlan(common, found.outcome.backend);
};

type Common = Pick<Plan, "id" | "name" | "catalog" | "catalogAsOf" | "version" | "inputHash" | "explanation" | "assumptions" | "request">;

const fleetPlan = (common: Common, { problem, training }: Found, found: Extract<HorizonOutcome, { kind: "fleet" }>): Plan => {
  const { rules, limits } = problem;
  const { horizonHours } = rules;
  const { fleet, runs, idle, staged } = found;
  const { lines: serving, ...served } = staged ? extractStages(staged, horizonHours) : unstaged(problem, fleet);
  const jobs = [
    ...idle.map((run) => idleLine(run, { purchases: fleet.purchases, rules })),
    ...runs.map((run) => batchLine(run, rules)),
    ...training.runs.map((run) => trainingLine(run, horizonHours)),
  ];
  const lines = [...serving, ...jobs];
  const meanCost = costPerHour(lines, rules);
  const loose = staged ? staged.slackPerHour : looseOf(found, training, horizonHours);
  const boundPerHour = loose === undefined ? undefined : microUsd(meanCost > loose ? meanCost - loose : 0n);
  const gap = boundPerHour === undefined ? null : relativeGap(meanCost, boundPerHour);
  const purchases = staged ? staged.stages.flatMap((inStage) => inStage.fleet.purchases) : fleet.purchases;
  const named = [...[...purchases, ...runs].map(({ unit }) => unit.offer), ...training.runs.map(({ offer }) => offer)];
  const offers = new Map(named.map((offer) => [offer.id, pricedOffer(offer)]));
  return {
    ...common,
    status: gap !== null && gap <= limits.relativeGap ? "optimal" : "feasible",
    cost: planCost({ lines, ...served, request: common.request }, rules),
    lines,
    ...served,
    proof: {
      lowerBoundUsdPerHour: boundPerHour === undefined ? null : formatUsd(boundPerHour),
      gap,
      verified: false,
      backend: fleet.backend,
      seconds: 0,
      checks: [],
    },
    offers: [...offers.values()],
  };
};

const unstaged = (problem: FleetProblem, fleet: Fleet): Pick<Plan, "lines" | "routing" | "demandMet"> => {
  const { needs, rules } = problem;
  const routing = extractRouting(needs, fleet);
  const demandMet = extractDemandMet(needs, fleet);
  const serving = fleet.purchases.map((purchase) => extractLine(purchase, problem, fleet));
  return { lines: withShares(linesWithEgress(serving, { plan: { routing, demandMet }, needs, rules })), routing, demandMet };
};

/** By how much the plan may be above the cheapest: services and jobs, and the training beside them. */
const looseOf = ({ costPerHour: cost, boundPerHour }: JobsFleet, training: PlacedTraining, horizonHours: number): bigint | undefined => {
  if (boundPerHour === undefined) return undefined;
  const trained = sumUsd(training.runs.map((run) => run.cost));
  return cost - boundPerHour + (trained - training.bound + BigInt(horizonHours) - 1n) / BigInt(horizonHours);
};

const emptyPlan = (common: Common, backend: string): Plan => ({
  ...common,
  status: "infeasible",
  cost: null,
  lines: [],
  routing: [],
  demandMet: [],
  proof: { lowerBoundUsdPerHour: null, gap: null, verified: false, backend, seconds: 0, checks: [] },
  offers: [],
});

const assumptionsOf = (request: PlanRequest, { rules, needs }: FleetProblem): Plan["assumptions"] => {
  const { capacityTypes, commitmentTerms, spotMaxShare, horizonHours, survive } = rules;
  const bursts = request.services.some(({ demand }) => demand.burst !== undefined);
  return {
    capacityTypes: capacityTypes.join(", "),
    commitmentTerms: commitmentTerms.join(", ") || "none",
    spotMaxShare,
    horizonHours,
    hoursPerMonth: 730,
    spotHazardPerHour: defaultSpot.hazardPerHour,
    spotReplacementHours: defaultSpot.replacementHours,
    performance: "estimated; measurements of your own are not used",
    ...(survive === "nothing" ? {} : { survive: `${survive}, spot not counted on` }),
    ...(hoursApart(needs) === 1
      ? {}
      : {
          hoursOfWeek: `Monday 00:00 first, ${zoneOfHours(request)}, standard time; commitments the same in every hour`,
          comparisons:
            "runners-up and baselines are whole plans of one kind for each way of buying, each checked like the plan, not proved cheapest",
        }),
    ...precisionAssumptions(request, needs),
    ...stagesOf(request, { needs, rules }),
    ...(bursts ? { bursts: "taken to fall into the busiest hours of the week" } : {}),
    ...(request.market?.owned ? ownershipOf(request) : {}),
    ...(request.batchJobs?.length ? batchAssumptions(request, rules) : {}),
    ...(request.trainingJobs?.length
      ? {
          trainingJobs:
            "each on powers of two of its cheapest machines, bought on demand before the services; on spot, or on servers that are installed already, where that costs less and all else leaves room for it",
        }
      : {}),
    ...surchargesInWords(request, rules.surcharges),
    ...sharingOf({ rules, needs }),
  };
};

const sharingOf = ({ rules, needs }: Pick<FleetProblem, "rules" | "needs">): Plan["assumptions"] => {
  if (needs.length < 2) return { instancesServe: "one service each" };
  if (!rules.shareInstances) return { shareInstances: false, instancesServe: "one service each" };
  return {
    shareInstances: true,
    instancesServe:
      "one service or several whose replicas each use fewer accelerators than there are; on a commitment the same replicas in every hour; cost by service is by accelerators used",
  };
};

const idleAssumptions = ({ services, batchJobs = [] }: PlanRequest, { surcharges }: BuyingRules): Plan["assumptions"] => {
  if (services.length === 0 || batchJobs.every(({ mayUseIdleHours }) => mayUseIdleHours === false)) return {};
  if (surcharges.storage || surcharges.egress) return { idleHours: "not used, as a job would pay for storage or egress there too" };
  const { changeoverHours, leastStretchHours } = defaultIdleUse;
  return {
    idleHours: `a job runs first where a service's commitment stands idle in the week, in stretches of ${leastStretchHours} hours and more; of a job that may not be interrupted, where it always does`,
    idleChangeoverHours: changeoverHours,
    horizonBegins: "in any hour of the week: idle hours count that exist whichever it is",
  };
};

const batchAssumptions = (request: PlanRequest, rules: BuyingRules): Plan["assumptions"] => ({
  batchJobs:
    "on machines of their own from the horizon's first hour until they are done, at the rate that fills a replica, after the services in the room that these leave",
  ...idleAssumptions(request, rules),
  ...(request.batchJobs?.some(({ deadlineHours }) => deadlineHours > rules.horizonHours)
    ? { batchJobsBeyondHorizon: "of a job whose deadline is later than the horizon, the part that a steady rate does within it" }
    : {}),
});
const stagesOf = (request: PlanRequest, { needs, rules }: Pick<FleetProblem, "needs" | "rules">): Plan["assumptions"] => {
  if (!grows(request)) return {};
  const { length } = horizonStages(request);
  const isWeekly = hoursApart(needs) > 1;
  if (length === 1)
    return {
      growth: `every hour is planned at the demand of the horizon's busiest month${followsNot(request, rules)}`,
    };
  return {
    stages: `${length} parts of the horizon, each at the demand of its busiest month; quotas and the monthly budget are kept by each`,
    stagedComparisons: isWeekly
      ? "what binds, what is dearer, runners-up and baselines are of the dearest stage by itself"
      : "runners-up and baselines are of the whole horizon; what binds and what is dearer is of the dearest stage by itself",
    stagedCommitments:
      "kept from the stage in which they are bought to the horizon's end; what they owe after stands in usdCommittedBeyondHorizon",
  };
};

/** Why purchases do not follow the growth, where they might. */
const followsNot = ({ batchJobs = [], trainingJobs = [] }: PlanRequest, { surcharges }: FleetProblem["rules"]): string => {
  if (surcharges.egress) return "; with egress priced, purchases do not follow it";
  return batchJobs.length + trainingJobs.length > 0 ? "; with jobs beside the services, purchases do not follow it" : "";
};

const ownershipOf = ({ market }: PlanRequest): Plan["assumptions"] => {
  const terms = { ...defaultOwnership, ...market?.tco };
  return Object.fromEntries(Object.entries(terms).map(([field, value]) => [`owned.${field}`, value]));
};
