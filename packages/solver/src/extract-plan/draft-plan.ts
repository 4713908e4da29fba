import { type BuyingRules, defaultSpot, type Explanation, formatUsd, inputHash, type Plan, planCost, pricedOffer } from "@headroom/core";
import type { PlanFleetInput } from "../plan-fleet.ts";
import { relativeGap } from "../solve/lower-bound.ts";
import type { Fleet, FleetOutcome, FleetProblem } from "../solve/solve-fleet.ts";
import { extractLine } from "./extract-line.ts";
import { extractDemandMet, extractRouting } from "./extract-routing.ts";

export interface Found {
  readonly problem: FleetProblem;
  readonly outcome: Exclude<FleetOutcome, { kind: "out-of-time" }>;
  readonly explanation: Explanation;
  readonly seconds: number;
}

/** The plan as found, before its check and its words. */
export const draftPlan = (input: PlanFleetInput, found: Found): Plan => {
  const { request, catalog, version } = input;
  const common = {
    id: input.newId(),
    ...(request.name === undefined ? {} : { name: request.name }),
    catalog: catalog.id,
    catalogAsOf: catalog.asOf,
    version,
    inputHash: inputHash({ request, catalog: catalog.id, version }),
    explanation: found.explanation,
    assumptions: assumptionsOf(found.problem.rules),
    request,
  };
  return found.outcome.kind === "fleet" ? fleetPlan(common, found, found.outcome.fleet) : emptyPlan(common, found, found.outcome.backend);
};

type Common = Pick<Plan, "id" | "name" | "catalog" | "catalogAsOf" | "version" | "inputHash" | "explanation" | "assumptions" | "request">;

const fleetPlan = (common: Common, { problem, seconds }: Found, fleet: Fleet): Plan => {
  const { needs, rules, limits } = problem;
  const { purchases, costPerHour, boundPerHour, backend } = fleet;
  const lines = purchases.map(extractLine);
  const demandMet = extractDemandMet(needs, purchases);
  const gap = boundPerHour === undefined ? null : relativeGap(costPerHour, boundPerHour);
  const offers = new Map(purchases.map(({ unit }) => [unit.offer.id, pricedOffer(unit.offer)]));
  return {
    ...common,
    status: gap !== null && gap <= limits.relativeGap ? "optimal" : "feasible",
    cost: planCost({ lines, demandMet, request: common.request }, rules),
    lines,
    routing: extractRouting(needs, purchases),
    demandMet,
    proof: {
      lowerBoundUsdPerHour: boundPerHour === undefined ? null : formatUsd(boundPerHour),
      gap,
      verified: false,
      backend,
      seconds,
      checks: [],
    },
    offers: [...offers.values()],
  };
};

const emptyPlan = (common: Common, { seconds }: Found, backend: string): Plan => ({
  ...common,
  status: "infeasible",
  cost: null,
  lines: [],
  routing: [],
  demandMet: [],
  proof: { lowerBoundUsdPerHour: null, gap: null, verified: false, backend, seconds, checks: [] },
  offers: [],
});

const assumptionsOf = ({ capacityTypes, commitmentTerms, spotMaxShare, horizonHours }: BuyingRules): Plan["assumptions"] => ({
  capacityTypes: capacityTypes.join(", "),
  commitmentTerms: commitmentTerms.join(", ") || "none",
  spotMaxShare,
  horizonHours,
  hoursPerMonth: 730,
  spotHazardPerHour: defaultSpot.hazardPerHour,
  spotReplacementHours: defaultSpot.replacementHours,
  performance: "roofline, no measurement of this configuration used",
});
