import { displayName, type Explanation, formatUsd, microUsd, type Offer } from "@headroom/core";
import { meanCost } from "../solve/fleet.ts";
import { batchCost } from "../solve/place-batch.ts";
import type { SolveTools } from "../solve/solve-tools.ts";
import { alternativesOf, type CheckedCost, checkedCosts, type Named } from "./checked-costs.ts";
import { inOneFormat } from "./one-format.ts";
import { onAccelerators, withoutProvider, withoutWay } from "./restriction.ts";
import type { WholeQuestion } from "./whole-question.ts";

type RunnerUp = Explanation["runnersUp"][number];

/** A plan is dear to find and to check, over a week above all: of the things it could do without, those it spends most on. */
const mostWithout = { ofOneHour: 8, ofAWeek: 4 } as const;

/** The cheapest plans that do without one thing the best plan uses: an accelerator, a provider, a way of buying, a choice of format. */
export const runnersUp = async (whole: WholeQuestion, tools: SolveTools): Promise<RunnerUp[]> => {
  const inFormats = await alternativesOf(whole, inOneFormat(whole.problem, whole.jobs.placed.fleet), tools);
  const without = await alternativesOf(whole, withoutWhatIsBought(whole), tools);
  const checked = await checkedCosts(whole, [...inFormats, ...without], tools);
  return (
    checked
      // Within the plan's gap another way of solving may come out lower: that is no runner-up.
      .filter(({ costPerHour }) => costPerHour >= whole.spent)
      .map((one) => runnerUp(one, whole))
      .toSorted((a, b) => Number(a.usdPerHour) - Number(b.usdPerHour) || (a.change < b.change ? -1 : 1))
  );
};

const withoutWhatIsBought = (whole: WholeQuestion): Named[] => {
  const {
    problem,
    jobs: { placed },
  } = whole;
  const changes = new Map<string, Named & { readonly spent: number }>();
  for (const { offer, spent } of spending(whole)) {
    const { instanceType, capacityType, term } = offer;
    const { accelerator, provider } = instanceType;
    const named: Named[] = [
      { name: `without ${displayName(accelerator)}`, restriction: onAccelerators(problem, (id) => id !== accelerator.id) },
      { name: `without ${provider}`, restriction: withoutProvider(problem, provider) },
      { name: `without ${term ? `${term} commitments` : capacityType}`, restriction: withoutWay(problem, offer) },
    ];
    for (const one of named) changes.set(one.name, { ...one, spent: spent + (changes.get(one.name)?.spent ?? 0) });
  }
  return [...changes.values()]
    .toSorted((a, b) => b.spent - a.spent || (a.name < b.name ? -1 : 1))
    .slice(0, placed.fleet.groups.length > 1 ? mostWithout.ofAWeek : mostWithout.ofOneHour);
};

/** Micro-dollars an hour on each offer, in the mean of the horizon. */
const spending = ({ problem, jobs: { placed, training } }: WholeQuestion): { readonly offer: Offer; readonly spent: number }[] => {
  const { fleet, runs } = placed;
  const { rules } = problem;
  return [
    ...fleet.purchases.map(({ unit, bought }) => ({ offer: unit.offer, spent: Number(meanCost(new Map([[unit, bought]]), fleet.groups)) })),
    ...runs.map((run) => ({ offer: run.unit.offer, spent: Number(batchCost([run], rules)) / 1000 / rules.horizonHours })),
    ...training.runs.map(({ offer, cost }) => ({ offer, spent: Number(cost) / rules.horizonHours })),
  ];
};

const runnerUp = ({ name, costPerHour, atLeast }: CheckedCost, { spent }: WholeQuestion): RunnerUp => ({
  change: name,
  usdPerHour: formatUsd(costPerHour),
  differenceUsdPerHour: formatUsd(microUsd(costPerHour - spent)),
  ...(atLeast === undefined ? {} : { usdPerHourAtLeast: formatUsd(atLeast) }),
});
