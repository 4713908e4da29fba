import { type Explanation, formatUsd, type MicroUsd } from "@headroom/core";
import type { SolveTools } from "../solve/solve-tools.ts";
import { alternativesOf, checkedCosts, type Named } from "./checked-costs.ts";
import { checkedPlan } from "./checked-plan.ts";
import { popularRule } from "./popular-rule.ts";
import { ofOneKind } from "./restrict.ts";
import { boughtAs, onAccelerators } from "./restriction.ts";
import type { WholeQuestion } from "./whole-question.ts";

type Baselines = Explanation["baselines"];

/** What plans by simpler ways of buying cost per hour, jobs included; null where no such plan was found that passes the check. */
export const baselines = async (whole: WholeQuestion, tools: SolveTools): Promise<Baselines> => {
  const ways = [
    { name: "on demand only", restriction: boughtAs("on-demand") },
    { name: "all reserved", restriction: boughtAs("reserved") },
  ];
  const checked = await checkedCosts(whole, await alternativesOf(whole, ways, tools), tools);
  const costOf = (way: string): string | null => orNull(checked.find(({ name }) => name === way)?.costPerHour);
  return {
    onDemandOnly: costOf("on demand only"),
    cheapestSingleType: orNull(await cheapestSingleType(whole, tools)),
    allReserved: costOf("all reserved"),
    ...(await byPopularRule(whole, tools)),
  };
};

const orNull = (cost: MicroUsd | undefined): string | null => (cost === undefined ? null : formatUsd(cost));

/** Everything on one accelerator, whichever is cheapest: the dearer ones are checked only where a cheaper one fails. */
const cheapestSingleType = async (whole: WholeQuestion, tools: SolveTools): Promise<MicroUsd | undefined> => {
  const { jobs, problem } = whole;
  const serving = [...problem.candidates, ...jobs.candidates].map(({ shape }) => shape.accelerator.id);
  const training = jobs.training.runs.map(({ offer }) => offer.instanceType.accelerator.id);
  const asked = [...new Set([...serving, ...training])].map(
    (id): Named => ({ name: `all on ${id}`, restriction: onAccelerators(problem, (other) => other === id) }),
  );
  const found = await alternativesOf({ ...whole, problem: ofOneKind(problem, () => true) }, asked, tools);
  for (const one of found.toSorted((a, b) => Number(a.alternative.costPerHour - b.alternative.costPerHour))) {
    const [checked] = await checkedCosts(whole, [one], tools);
    if (checked) return checked.costPerHour;
  }
  return undefined;
};

/** The rule knows nothing of what the request forbids, so a plan by it that fails its check is no defect: the first rule it breaks is told. */
const byPopularRule = async (whole: WholeQuestion, tools: SolveTools): Promise<Pick<Baselines, "popularRule" | "popularRuleFails">> => {
  if (whole.problem.needs.length === 0) return { popularRule: null };
  const ruled = await popularRule(whole, tools);
  if (ruled.kind === "none") return { popularRule: null, popularRuleFails: ruled.reason };
  const { plan, violations } = checkedPlan(whole.input, whole.input.request, ruled.placed);
  const [first] = violations;
  return first ? { popularRule: null, popularRuleFails: `${first.rule}: ${first.detail}` } : { popularRule: plan.cost?.usdPerHour ?? null };
};
