import { displayName, type Explanation, formatUsd, microUsd } from "@headroom/core";
import type { SolveTools } from "../solve/solve-tools.ts";
import { alternativesOf, type CheckedCost, checkedCosts, type Named } from "./checked-costs.ts";
import { inOneFormat } from "./one-format.ts";
import { onAccelerators, withoutProvider, withoutWay } from "./restriction.ts";
import type { WholeQuestion } from "./whole-question.ts";

type RunnerUp = Explanation["runnersUp"][number];

/** A plan of dozens of lines is dear to check, and what lies far off tells little: of those that do without something, the nearest. */
const mostWithout = 8;

/** The cheapest plans that do without one thing the best plan uses: an accelerator, a provider, a way of buying, a choice of format. */
export const runnersUp = async (whole: WholeQuestion, tools: SolveTools): Promise<RunnerUp[]> => {
  const inFormats = await alternativesOf(whole, inOneFormat(whole.problem, whole.jobs.placed.fleet), tools);
  const without = await alternativesOf(whole, withoutWhatIsBought(whole), tools);
  const nearest = without.toSorted((a, b) => Number(a.alternative.costPerHour - b.alternative.costPerHour)).slice(0, mostWithout);
  const checked = await checkedCosts(whole, [...inFormats, ...nearest], tools);
  return (
    checked
      // Within the plan's gap another way of solving may come out lower: that is no runner-up.
      .filter(({ costPerHour }) => costPerHour >= whole.spent)
      .map((one) => runnerUp(one, whole))
      .toSorted((a, b) => Number(a.usdPerHour) - Number(b.usdPerHour) || (a.change < b.change ? -1 : 1))
  );
};

const withoutWhatIsBought = ({ problem, jobs: { placed, training } }: WholeQuestion): Named[] => {
  const changes = new Map<string, Named["restriction"]>();
  const bought = [...placed.fleet.purchases.map(({ unit }) => unit), ...placed.runs.map(({ unit }) => unit), ...training.runs];
  for (const { offer } of bought) {
    const { instanceType, capacityType, term } = offer;
    const { accelerator, provider } = instanceType;
    changes.set(
      `without ${displayName(accelerator)}`,
      onAccelerators(problem, (id) => id !== accelerator.id),
    );
    changes.set(`without ${provider}`, withoutProvider(problem, provider));
    changes.set(`without ${term ? `${term} commitments` : capacityType}`, withoutWay(problem, offer));
  }
  return [...changes].map(([name, restriction]) => ({ name, restriction }));
};

const runnerUp = ({ name, costPerHour, atLeast }: CheckedCost, { spent }: WholeQuestion): RunnerUp => ({
  change: name,
  usdPerHour: formatUsd(costPerHour),
  differenceUsdPerHour: formatUsd(microUsd(costPerHour - spent)),
  ...(atLeast === undefined ? {} : { usdPerHourAtLeast: formatUsd(atLeast) }),
});
