import { type MicroUsd, noMoney } from "@headroom/core";
import { borrowedBound } from "./borrowed-bound.ts";
import type { Fleet, FleetProblem } from "./fleet.ts";
import { askedOf } from "./fleet-outcome.ts";
import { keptIn } from "./kept-fleet.ts";
import { boundBelow } from "./lower-bound.ts";
import { scaledFleet } from "./scaled-fleet.ts";
import { solveFleet } from "./solve-fleet.ts";
import type { SolveTools } from "./solve-tools.ts";
import type { StageProblem } from "./stage-problems.ts";

export type AloneOutcome =
  /** By stage; undefined where neither its own nor another stage's fleet was found. */
  { readonly kind: "alone"; readonly fleets: readonly (Fleet | undefined)[] } | { readonly kind: "infeasible"; readonly backend: string };

/**
 * Each stage's cheapest fleet by itself: the last, the first, then the middle of what lies between. A fleet of a stage that asks
 * for no less serves this one too, and the bound of one that asks for no more holds here: what time leaves worse is taken from
 * others. What it does not reach also has the fleets of others in proportion, and the bound at the prices of the nearest.
 */
export const stagesAlone = async (stages: readonly StageProblem[], tools: SolveTools): Promise<AloneOutcome> => {
  const solved: Solved[] = [];
  for (const index of inwards(stages.length)) {
    const problem = stages[index]?.problem;
    if (!problem) continue;
    const outcome = await solveFleet(problem, tools);
    if (outcome.kind === "infeasible") return outcome;
    if (outcome.kind === "fleet") solved.push({ index, problem, fleet: outcome.fleet });
  }
  const fleets: (Fleet | undefined)[] = [];
  for (const [index, { problem: asked }] of stages.entries()) fleets.push(await withOthers(solved, { index, asked }, tools));
  return { kind: "alone", fleets };
};

interface Solved {
  readonly index: number;
  readonly problem: FleetProblem;
  readonly fleet: Fleet;
}

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

interface AtStage {
  readonly index: number;
  readonly asked: FleetProblem;
}

const withOthers = async (solved: readonly Solved[], { index, asked }: AtStage, tools: SolveTools): Promise<Fleet | undefined> => {
  const own = solved.find((one) => one.index === index)?.fleet;
  if (own && startsAnew(asked)) return own;
  let best = own ?? (await inProportion(solved, { index, asked }, tools));
  for (const { problem, fleet } of solved) {
    const isCheaper = !best || fleet.costPerHour < best.costPerHour;
    if (isCheaper && asksNoMore(asked, problem)) best = (await keptIn(asked, fleet, tools)) ?? best;
  }
  if (!best) return undefined;
  const bounds = [boundOf(solved, { index, asked }), own ? noMoney : boundAtPrices(solved, { index, asked })];
  const highest = bounds.reduce(higher, noMoney);
  return { ...best, boundPerHour: lower(highest, best.costPerHour) };
};

const higher = (a: MicroUsd, b: MicroUsd): MicroUsd => (a > b ? a : b);

const lower = (a: MicroUsd, b: MicroUsd): MicroUsd => (a < b ? a : b);

const nearest = <T extends { readonly index: number }>(solved: readonly T[], index: number): T | undefined =>
  solved.toSorted((a, b) => Math.abs(a.index - index) - Math.abs(b.index - index) || a.index - b.index)[0];

/** Of the nearest stage's fleet, undefined where none is solved. */
const inProportion = async (solved: readonly Solved[], { index, asked }: AtStage, tools: SolveTools): Promise<Fleet | undefined> => {
  const near = nearest(solved, index);
  return near && scaledFleet(asked, near, tools);
};

const boundAtPrices = (solved: readonly Solved[], { index, asked }: AtStage): MicroUsd => {
  const priced = solved.flatMap((one) => (one.fleet.prices ? [{ ...one, prices: one.fleet.prices }] : []));
  const near = nearest(priced, index);
  return near ? boundBelow(borrowedBound(asked, askedOf(asked).units, near)) : noMoney;
};

const boundOf = (solved: readonly Solved[], { index, asked }: AtStage): MicroUsd =>
  solved.reduce((highest, { index: other, problem, fleet: { boundPerHour = noMoney } }) => {
    const holdsHere = other === index || (!startsAnew(problem) && asksNoMore(problem, asked) && isNoTighter(problem, asked));
    return holdsHere && boundPerHour > highest ? boundPerHour : highest;
  }, noMoney);

/** Where starting an instance is paid for, cost and bound say nothing of stages where it is not. */
const startsAnew = ({ switching }: FleetProblem): boolean => switching.usdPerHour > 0;

/** Of every service no more than the other stage: its classes grow alike. */
const asksNoMore = (a: FleetProblem, b: FleetProblem): boolean =>
  a.needs.every(({ classes: [traffic] }, index) => (traffic?.amount ?? 0) <= (b.needs[index]?.classes[0]?.amount ?? 0));

const isNoTighter = ({ rules: a }: FleetProblem, { rules: b }: FleetProblem): boolean =>
  a.quotas.every(({ max }, index) => max >= (b.quotas[index]?.max ?? 0)) &&
  (a.budgetPerMonth === undefined || (b.budgetPerMonth !== undefined && a.budgetPerMonth >= b.budgetPerMonth));
