import { type Catalog, checkPlan, type Explanation, type PlanRequest, planDocument } from "@headroom/core";
import { inStagesOf } from "../replan/in-stages-of.ts";
import { priceAgain } from "../replan/price-again.ts";

/** What a plan in force must still keep; its own hash, bound and sums are of another day. */
const ofAnotherDay = new Set(["input hash", "bound", "status", "cost", "demand met", "people", "predicted"]);

/** What the plan in force costs at today's prices, null where it no longer serves the request; nothing where there is none. */
export const planInForce = (request: PlanRequest, catalog: Catalog): Pick<Explanation["baselines"], "current"> =>
  request.current === undefined ? {} : { current: costToday(request, catalog) };

const costToday = (request: PlanRequest, catalog: Catalog): string | null => {
  const parsed = planDocument.safeParse(request.current);
  if (!parsed.success || parsed.data.cost === null) return null;
  const again = priceAgain({ ...inStagesOf(request, parsed.data), request }, catalog);
  if (again.kind === "offers-gone" || !again.plan.cost) return null;
  const checks = checkPlan({ ...again.plan, request });
  const broken = checks.some(({ rule, violations }) => violations.length > 0 && !ofAnotherDay.has(rule));
  return broken ? null : again.plan.cost.usdPerHour;
};
