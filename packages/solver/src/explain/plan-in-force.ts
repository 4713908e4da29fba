import { type Catalog, checkPlan, type MicroUsd, type PlanRequest, parseUsd, planDocument } from "@headroom/core";
import { inStagesOf } from "../replan/in-stages-of.ts";
import { priceAgain } from "../replan/price-again.ts";

/** What a plan in force must still keep; its own hash, bound and sums are of another day. */
const ofAnotherDay = new Set(["input hash", "bound", "status", "cost", "demand met", "people", "predicted"]);

/** What the plan in force costs at today's prices, where it still serves the request. */
export const planInForce = (request: PlanRequest, catalog: Catalog): MicroUsd | "none" | "does-not-hold" => {
  if (request.current === undefined) return "none";
  const parsed = planDocument.safeParse(request.current);
  if (!parsed.success || parsed.data.cost === null) return "does-not-hold";
  const again = priceAgain({ ...inStagesOf(request, parsed.data), request }, catalog);
  if (again.kind === "offers-gone" || !again.plan.cost) return "does-not-hold";
  const checks = checkPlan({ ...again.plan, request });
  const broken = checks.some(({ rule, violations }) => violations.length > 0 && !ofAnotherDay.has(rule));
  return broken ? "does-not-hold" : (parseUsd(again.plan.cost.usdPerHour) ?? "does-not-hold");
};
