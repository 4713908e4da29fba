import { z } from "zod";
import { count, label, positive, usdText } from "../request/fields.ts";
import { pointStatus } from "./frontier-document.ts";
import { planDocument } from "./plan-document.ts";

const usdOrNone = usdText.nullable();

const outcome = z.strictObject({
  name: label,
  demandFactor: positive(),
  priceFactors: z.record(z.string(), positive()),
  status: pointStatus,
  usdPerHour: usdOrNone.describe("Of the plan for this scenario alone."),
  lowerBoundUsdPerHour: usdOrNone,
  detail: z.string().optional().describe("Why it has no plan."),
});

const regret = z.strictObject({
  plan: z.string().describe("By its name among the plans."),
  scenario: label.describe("That comes."),
  usdPerHour: usdOrNone.describe("Of the plan, bought as it is, at the scenario's prices; null where it does not carry the scenario."),
  regretUsdPerHour: usdOrNone.describe("Above the plan found for the scenario itself."),
});

const bestAgainstWorst = z.strictObject({
  plan: z.string().describe("By its name among the plans."),
  over: z.array(label).describe("The scenarios that can be carried at all."),
  worstRegretUsdPerHour: usdText,
  worstRegretIn: label,
  worstUsdPerHour: usdText.describe("Cost in the scenario where it costs most."),
  lowerBoundRegretUsdPerHour: usdOrNone.describe("No plan that carries them all has a worst regret below this."),
  lowerBoundWorstUsdPerHour: usdOrNone.describe("Nor a worst cost below this."),
  plansConsidered: count(1000).describe("Plans that the choice is among."),
});

/** The answer to a ScenariosRequest. */
export const scenariosDocument = z.strictObject({
  catalog: label,
  catalogAsOf: z.string(),
  version: z.string().describe("Of Headroom."),
  scenarios: z.array(outcome),
  plans: z
    .array(z.strictObject({ name: z.string(), scenario: label.optional().describe("That it was bought for alone."), plan: planDocument }))
    .describe("One for each scenario that was solved, and the best against the worst where that is another."),
  regrets: z.array(regret).describe("Of each of the plans in each scenario."),
  bestAgainstWorst: bestAgainstWorst.nullable().describe("The plan whose worst regret is least; null where none carries every scenario."),
  assumptions: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

export type Scenarios = z.output<typeof scenariosDocument>;
export type ScenarioOutcome = Scenarios["scenarios"][number];
export type Regret = Scenarios["regrets"][number];
export type BestAgainstWorst = NonNullable<Scenarios["bestAgainstWorst"]>;
