import { displayName, type Explanation, formatUsd, microUsd } from "@headroom/core";
import type { SolveTools } from "../solve/solve-tools.ts";
import { costWithJobs, type Restriction, type WholeQuestion, wholeCost } from "./cost-with-jobs.ts";
import { inOneFormat } from "./one-format.ts";

/** The cheapest plans that do without one thing the best plan uses: an accelerator, a provider, a way of buying, a choice of format. */
export const runnersUp = async (whole: WholeQuestion, tools: SolveTools): Promise<Explanation["runnersUp"]> => {
  const { placed, training } = whole.jobs;
  const spent = wholeCost(placed, training, whole.problem.rules);
  const changes = new Map<string, Restriction>();
  const bought = [...placed.fleet.purchases.map(({ unit }) => unit), ...placed.runs.map(({ unit }) => unit), ...training.runs];
  for (const { offer } of bought) {
    const { instanceType, capacityType, term } = offer;
    const { accelerator, provider } = instanceType;
    changes.set(`without ${displayName(accelerator)}`, { offers: (other) => other.instanceType.accelerator.id !== accelerator.id });
    changes.set(`without ${provider}`, { offers: (other) => other.instanceType.provider !== provider });
    changes.set(`without ${term ? `${term} commitments` : capacityType}`, {
      offers: (other) => other.capacityType !== capacityType || other.term !== term,
    });
  }
  const found: Explanation["runnersUp"] = [];
  const inFormats = [...inOneFormat(whole.problem, placed.fleet)].map(([change, problem]) => ({ change, problem, restriction: {} }));
  const without = [...changes].map(([change, restriction]) => ({ change, problem: whole.problem, restriction }));
  for (const { change, problem, restriction } of [...inFormats, ...without]) {
    const cost = await costWithJobs({ ...whole, problem }, restriction, tools);
    // Within the plan's gap another way of solving may come out lower: that is no runner-up.
    if (cost === undefined || cost < spent) continue;
    found.push({ change, usdPerHour: formatUsd(cost), differenceUsdPerHour: formatUsd(microUsd(cost - spent)) });
  }
  return found.toSorted((a, b) => Number(a.usdPerHour) - Number(b.usdPerHour) || (a.change < b.change ? -1 : 1));
};
