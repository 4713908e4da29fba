import { z } from "zod";
import { label, positive } from "./fields.ts";
import { namesDiffer, planRequest } from "./plan-request.ts";
import { solvesInTime } from "./solves-in-time.ts";

const factorRule = "must be a factor from 0.001 to 1000";
const factor = z.number({ error: factorRule }).min(0.001, factorRule).max(1000, factorRule);

const scenario = z.strictObject({
  name: label,
  demandFactor: factor.optional().describe("Times the rates and users of every service; absent: 1."),
  priceFactors: z
    .strictObject({ "on-demand": factor.optional(), spot: factor.optional(), reserved: factor.optional() })
    .optional()
    .describe("Times the catalog's prices; absent: 1."),
});

/**
 * Beside a plan for each scenario: one for the most demand at each scenario's prices, and up to so many between their prices, and
 * with less spot than may be bought.
 */
export const mostPlansOf = (scenarios: number): number => 2 * scenarios + mostMixes + spotHedges.length;

export const mostMixes = 3;

/** Shares of the largest spot share that are tried where prices differ. */
export const spotHedges = [0.5, 0] as const;

/** How demand and prices may turn out, and how each plan does when another comes. */
export const scenariosRequest = z
  .strictObject({
    plan: planRequest,
    scenarios: z
      .array(scenario)
      .min(1, "needs at least one scenario")
      .max(12)
      .superRefine(namesDiffer)
      .optional()
      .describe("Absent: P50, the request as it is, and P90, with demandP90Factor times its demand."),
    demandP90Factor: positive(1000)
      .min(1, "must be a factor from 1 to 1000")
      .optional()
      .describe(
        "Of the default scenarios: the demand that one forecast in ten exceeds, over the request's own; absent: 1.3, an assumption.",
      ),
  })
  .superRefine(({ plan, scenarios, demandP90Factor }, context) => {
    if (scenarios !== undefined && demandP90Factor !== undefined)
      context.addIssue({ code: "custom", path: ["demandP90Factor"], message: "must not stand beside scenarios of your own" });
    solvesInTime(plan, mostPlansOf(scenarios?.length ?? 2), context);
  });

export type ScenariosRequest = z.output<typeof scenariosRequest>;
export type ScenarioRequest = z.output<typeof scenario>;
