import { type MicroUsd, parseUsd } from "@headroom/core";
import type { SolveTools } from "../solve/solve-tools.ts";
import { type Alternative, cheapestUnder } from "./alternative.ts";
import { checkedPlan } from "./checked-plan.ts";
import { isLate } from "./restrict.ts";
import type { Restriction } from "./restriction.ts";
import type { WholeQuestion } from "./whole-question.ts";

/** An alternative that is asked for by name. */
export interface Named {
  readonly name: string;
  readonly restriction: Restriction;
}

/** An alternative that was found, and what its own plan costs by the check. */
export interface CheckedCost extends Named {
  readonly costPerHour: MicroUsd;
  /** What it cannot cost less than. */
  readonly atLeast: MicroUsd | undefined;
}

export interface NamedAlternative extends Named {
  readonly alternative: Alternative;
}

/** The cheapest under each restriction, as far as one is found in time. */
export const alternativesOf = async (whole: WholeQuestion, asked: readonly Named[], tools: SolveTools): Promise<NamedAlternative[]> => {
  const found: NamedAlternative[] = [];
  for (const named of asked) {
    const alternative = await cheapestUnder(whole, named.restriction, tools);
    if (alternative) found.push({ ...named, alternative });
  }
  return found;
};

/**
 * Each alternative as a plan that passes core's check for the request under its restriction. Those that buy the same are one plan,
 * checked once under all of their restrictions. What fails is not told: that is a defect, and the tools hear of it.
 */
export const checkedCosts = async (whole: WholeQuestion, found: readonly NamedAlternative[], tools: SolveTools): Promise<CheckedCost[]> => {
  const plans = new Map<string, NamedAlternative[]>();
  for (const one of found) plans.set(one.alternative.bought, [...(plans.get(one.alternative.bought) ?? []), one]);
  const checked: CheckedCost[] = [];
  for (const same of plans.values()) {
    const costPerHour = isLate(tools) ? undefined : await checkedCost(whole, same, tools);
    if (costPerHour === undefined) continue;
    for (const { name, restriction, alternative } of same)
      checked.push({ name, restriction, costPerHour, atLeast: higher(whole.atLeast, alternative.boundPerHour, costPerHour) });
  }
  return checked;
};

const checkedCost = async (
  { input }: WholeQuestion,
  same: readonly NamedAlternative[],
  { onDefect }: SolveTools,
): Promise<MicroUsd | undefined> => {
  const placed = await same[0]?.alternative.placed();
  if (!placed) return undefined;
  const request = same.reduce((asked, { restriction }) => restriction.asked(asked), input.request);
  const { plan, violations } = checkedPlan(input, request, placed);
  const [first] = violations;
  if (first) onDefect?.(`${same.map(({ name }) => name).join(", ")}: ${first.rule}: ${first.detail}`);
  return first || plan.cost === null ? undefined : parseUsd(plan.cost.usdPerHour);
};

/** With less to choose from nothing costs less than with all; and never is more claimed than was found. */
const higher = (ofAll: MicroUsd | undefined, own: MicroUsd | undefined, cost: MicroUsd): MicroUsd | undefined => {
  const proved = [ofAll, own].filter((bound) => bound !== undefined).toSorted((a, b) => (a < b ? 1 : -1))[0];
  return proved !== undefined && proved > cost ? cost : proved;
};
