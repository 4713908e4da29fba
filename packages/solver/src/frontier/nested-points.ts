import type { FrontierAxis, FrontierValue, MicroUsd, Plan, PlanRequest } from "@headroom/core";
import { boundOf, costInWorld, costOf, type World } from "./cost-in-world.ts";
import { contains } from "./frontier-variants.ts";

/** A value of the axis with the plan solved for it; undefined where none was found in time. */
export interface SolvedPoint {
  readonly value: FrontierValue;
  readonly world: World;
  readonly plan: Plan | undefined;
  readonly detail: string | undefined;
}

/** The cheapest plan known for a value, and the best bound. */
export interface Point extends SolvedPoint {
  readonly cost: MicroUsd | undefined;
  readonly bound: MicroUsd | undefined;
}

/**
 * Where every plan for one value is a plan for another, each learns from the other: the looser value takes over a cheaper plan
 * of the tighter one, once that passes its own check, and the bound of the looser holds for the tighter.
 */
export const nestedPoints = (axis: FrontierAxis, solved: readonly SolvedPoint[]): readonly Point[] => {
  const points = solved.map((point) => ({ ...point, cost: point.plan && costOf(point.plan), bound: point.plan && boundOf(point.plan) }));
  if (solved.some(({ world }) => startsFromAnother(world.request))) return points;
  return points.map((point) => {
    const tighter = points.filter(({ value }) => contains(axis, point.value, value));
    const looser = points.filter(({ value }) => contains(axis, value, point.value));
    const best = cheapestOf(point, tighter);
    const bound = highest([point, ...looser].map((other) => other.bound));
    return { ...point, ...best, bound: bound !== undefined && best.cost !== undefined && bound > best.cost ? best.cost : bound };
  });
};

/** Against a plan in force, switching is weighed too, and the cost alone does not say which plan is better. */
const startsFromAnother = ({ current }: PlanRequest): boolean => current !== undefined;

const cheapestOf = (own: Point, tighter: readonly Point[]): Pick<Point, "plan" | "cost"> => {
  let best: Pick<Point, "plan" | "cost"> = own;
  for (const { plan } of tighter) {
    const cost = plan && costInWorld(plan, own.world);
    if (cost !== undefined && (best.cost === undefined || cost < best.cost)) best = { plan, cost };
  }
  return best;
};

const highest = (bounds: readonly (MicroUsd | undefined)[]): MicroUsd | undefined =>
  bounds.reduce((most, bound) => (bound !== undefined && (most === undefined || bound > most) ? bound : most), undefined);
