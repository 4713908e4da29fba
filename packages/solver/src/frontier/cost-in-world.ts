import { type Catalog, checkPlan, type MicroUsd, type Plan, type PlanRequest, parseUsd } from "@headroom/core";
import { priceAgain } from "../replan/price-again.ts";

/** What is asked, and at which prices. */
export interface World {
  readonly request: PlanRequest;
  readonly catalog: Catalog;
}

/** What belongs to the world a plan was found in, and not to the question whether it holds in another one. */
const ofItsOwnWorld = new Set(["input hash", "bound", "status", "cost", "demand met", "people", "predicted"]);

/** What a plan, bought as it is, costs in another world; undefined where it breaks a rule there or leaves demand unserved. */
export const costInWorld = (plan: Plan, { request, catalog }: World): MicroUsd | undefined => {
  if (plan.cost === null) return undefined;
  const again = priceAgain({ ...plan, request }, catalog);
  if (again.kind === "offers-gone") return undefined;
  const broken = checkPlan({ ...again.plan, request }).some(({ rule, violations }) => violations.length > 0 && !ofItsOwnWorld.has(rule));
  return broken ? undefined : costOf(again.plan);
};

export const costOf = ({ cost }: Plan): MicroUsd | undefined => (cost === null ? undefined : parseUsd(cost.usdPerHour));

export const boundOf = ({ proof }: Plan): MicroUsd | undefined =>
  proof.lowerBoundUsdPerHour === null ? undefined : parseUsd(proof.lowerBoundUsdPerHour);
