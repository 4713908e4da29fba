import { type Explanation, formatUsd, lesserUsd, microUsd, roundTo, type ServiceNeed } from "@headroom/core";
import { busiestLoad } from "../extract-plan/line-load.ts";
import { type Fleet, type FleetProblem, type Purchase, withRules } from "../solve/fleet.ts";
import type { SolveTools } from "../solve/solve-tools.ts";
import { cheapestCost } from "./restrict.ts";
import { amountOf, worthOfDemand } from "./worth-of-demand.ts";

type Binding = Explanation["bindingConstraints"][number];

/** A rule counts as binding when less than one more unit would fit under it. */
export const bindingConstraints = async (problem: FleetProblem, fleet: Fleet, tools: SolveTools): Promise<Binding[]> => {
  // What a looser rule allows includes the plan itself: a dearer answer was only found less closely.
  const saving = async (looser: FleetProblem): Promise<string | null> => {
    const cost = await cheapestCost(looser, tools);
    return cost === undefined ? null : formatUsd(microUsd(lesserUsd(cost, fleet.costPerHour) - fleet.costPerHour));
  };
  const quotas = problem.rules.quotas.map(async ({ label, max, counts }, index): Promise<Binding | undefined> => {
    const used = mostInAnyHour(fleet, ({ unit }) => {
      const size = counts === "accelerators" ? unit.accelerators : unit.instances;
      return unit.quotas.includes(index) ? size : 0;
    });
    const step = counts === "accelerators" ? largestUnit(problem) : 1;
    if (max - used >= step) return undefined;
    const looser = problem.rules.quotas.map((quota, other) => (other === index ? { ...quota, max: max + step } : quota));
    return {
      constraint: step > 1 ? `${label} (one more: ${step})` : label,
      slack: max - used,
      usdPerHourOfOneMore: await saving(withRules(problem, { quotas: looser })),
    };
  });
  const spot = spotBinding(problem, fleet, saving);
  const survival = survivalBinding(problem, saving);
  const worthOfOneMore = await worthOfDemand(problem, fleet, tools);
  const demand = problem.needs.map(async (need) => ({
    ...demandSlack(problem, fleet, need),
    usdPerHourOfOneMore: await worthOfOneMore(need),
  }));
  const all = await Promise.all([...quotas, spot, survival, ...demand]);
  return all.filter((binding) => binding !== undefined);
};

const largestUnit = ({ candidates }: FleetProblem): number =>
  Math.max(...candidates.map(({ shape, instancesPerReplica }) => shape.accelerators * instancesPerReplica), 1);

type Saving = (looser: FleetProblem) => Promise<string | null>;

/** Over all that is at work, in the hour in which it is most. */
const mostInAnyHour = ({ purchases, groups }: Fleet, size: (purchase: Purchase) => number): number =>
  Math.max(...groups.map((_, group) => purchases.reduce((sum, purchase) => sum + size(purchase) * (purchase.bought[group] ?? 0), 0)));

const spotBinding = async (problem: FleetProblem, { purchases, groups }: Fleet, saving: Saving): Promise<Binding | undefined> => {
  const { capacityTypes, spotMaxShare } = problem.rules;
  if (!capacityTypes.includes("spot") || spotMaxShare >= 1) return undefined;
  const shares = groups.map((_, group) => {
    const accelerators = (own: readonly Purchase[]) =>
      own.reduce((sum, { unit, bought }) => sum + unit.accelerators * (bought[group] ?? 0), 0);
    const all = accelerators(purchases);
    return all === 0 ? 0 : accelerators(purchases.filter(({ unit }) => unit.spot)) / all;
  });
  const freely = await saving(withRules(problem, { spotMaxShare: 1 }));
  if (freely === null || Number(freely) === 0) return undefined;
  return {
    constraint: `spot share of at most ${spotMaxShare} (one more: no limit)`,
    slack: roundTo(4, spotMaxShare - Math.max(...shares)),
    usdPerHourOfOneMore: freely,
  };
};

/** What it would save to let a loss be felt. */
const survivalBinding = async (problem: FleetProblem, saving: Saving): Promise<Binding | undefined> => {
  const { survive } = problem.rules;
  if (survive === "nothing") return undefined;
  const freely = await saving(withRules(problem, { survive: "nothing" }));
  if (freely === null || Number(freely) >= 0) return undefined;
  return { constraint: `survival of ${survive.replace("-", " ")} (one more: nothing lost)`, slack: 0, usdPerHourOfOneMore: freely };
};

/** How much more of a service the bought machines carry. */
const demandSlack = (problem: FleetProblem, fleet: Fleet, need: ServiceNeed): Pick<Binding, "constraint" | "slack"> => {
  const highest = Math.max(
    ...fleet.purchases
      .filter(({ unit }) => unit.candidate.need === need)
      .map((purchase) => busiestLoad(purchase, problem, fleet).utilization),
  );
  const total = amountOf(need);
  const what = need.unit.kind === "rate" ? "requests per second" : "users at once";
  return { constraint: `demand of ${need.name}, ${roundTo(3, total)} ${what}`, slack: roundTo(3, total / highest - total) };
};
