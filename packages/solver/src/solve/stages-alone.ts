import { noMoney } from "@headroom/core";
import type { Fleet, FleetProblem } from "./fleet.ts";
import { keptIn } from "./kept-fleet.ts";
import { solveFleet } from "./solve-fleet.ts";
import type { SolveTools } from "./solve-tools.ts";
import type { StageProblem } from "./stage-problems.ts";

export type AloneOutcome =
  /** By stage; undefined where neither its own nor another stage's fleet was found. */
  | { readonly kind: "alone"; readonly fleets: readonly (Fleet | undefined)[] }
  | { readonly kind: "infeasible"; readonly backend: string; readonly problem: FleetProblem };

/**
 * Each stage's cheapest fleet by itself: the last, the first, then the middle of what lies between. A fleet of a stage that asks
 * for no less serves this one too, and the bound of one that asks for no more holds here: what time does not reach, and what it
 * leaves worse, is taken from others.
 */
export const stagesAlone = async (stages: readonly StageProblem[], tools: SolveTools): Promise<AloneOutcome> => {
  const solved = new Map<number, Fleet>();
  for (const index of inwards(stages.length)) {
    const problem = stages[index]?.problem;
    if (!problem) continue;
    const outcome = await solveFleet(problem, tools);
    if (outcome.kind === "infeasible") return { ...outcome, problem };
    if (outcome.kind === "fleet") solved.set(index, outcome.fleet);
  }
  const fleets: (Fleet | undefined)[] = [];
  for (const index of stages.keys()) fleets.push(await withOthers(stages, { index, solved }, tools));
  return { kind: "alone", fleets };
};

const inwards = (length: number): number[] => {
  const between = (from: number, to: number): { readonly depth: number; readonly index: number }[] => {
    const middle = Math.floor((from + to) / 2);
    if (middle <= from) return [];
    const halves = [...between(from, middle), ...between(middle, to)];
    return [{ depth: 0, index: middle }, ...halves.map(({ depth, index }) => ({ depth: depth + 1, index }))];
  };
  const inner = between(0, length - 1).toSorted((a, b) => a.depth - b.depth || a.index - b.index);
  return [length - 1, 0, ...inner.map(({ index }) => index)];
};

const withOthers = async (
  stages: readonly StageProblem[],
  { index, solved }: { readonly index: number; readonly solved: ReadonlyMap<number, Fleet> },
  tools: SolveTools,
): Promise<Fleet | undefined> => {
  const asked = stages[index]?.problem;
  if (!asked) return undefined;
  let best = solved.get(index);
  let bound = best?.boundPerHour ?? noMoney;
  for (const [other, fleet] of solved) {
    const problem = stages[other]?.problem;
    if (!problem || other === index) continue;
    const { boundPerHour = noMoney, costPerHour } = fleet;
    if (boundPerHour > bound && asksNoMore(problem, asked) && isNoTighter(problem, asked)) bound = boundPerHour;
    if ((best && costPerHour >= best.costPerHour) || !asksNoMore(asked, problem)) continue;
    best = (await keptIn(asked, fleet, tools)) ?? best;
  }
  return best && { ...best, boundPerHour: bound < best.costPerHour ? bound : best.costPerHour };
};

/** Of every service no more than the other stage: its classes grow alike. */
const asksNoMore = (a: FleetProblem, b: FleetProblem): boolean =>
  a.needs.every(({ classes: [traffic] }, index) => (traffic?.amount ?? 0) <= (b.needs[index]?.classes[0]?.amount ?? 0));

const isNoTighter = ({ rules: a }: FleetProblem, { rules: b }: FleetProblem): boolean =>
  a.quotas.every(({ max }, index) => max >= (b.quotas[index]?.max ?? 0)) &&
  (a.budgetPerMonth === undefined || (b.budgetPerMonth !== undefined && a.budgetPerMonth >= b.budgetPerMonth));
