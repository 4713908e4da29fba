import type { Survival } from "@headroom/core";
import { withoutAZone } from "./without-a-zone.ts";
import { withoutAnInstance } from "./without-an-instance.ts";

/** Something to carry an hour of one service with. */
export interface SurvivingItem {
  readonly price: number;
  /** Share of the busiest hour that one carries at the service's own mix of classes. */
  readonly capacity: number;
  readonly most: number;
  readonly zone: string;
}

/** What is there already and paid for. */
export interface Standing {
  readonly capacity: number;
  readonly zone: string;
  readonly count: number;
}

export interface SurvivingQuestion {
  readonly items: readonly SurvivingItem[];
  readonly standing: readonly Standing[];
  /** What must be carried after the worst single loss. */
  readonly load: number;
  /** A choice at most this much above the least will do. */
  readonly tolerance: number;
  /** Counts by item that are known to survive: what they cost is where the search begins. */
  readonly known?: readonly number[] | undefined;
}

export interface SurvivingHour {
  readonly cost: number;
  /** No whole choice costs less. */
  readonly lower: number;
  /** By item. */
  readonly counts: readonly number[];
}

const solvers = { "one-instance": withoutAnInstance, "one-zone": withoutAZone } as const;

/**
 * The cheapest whole items that, with what stands, still carry a load after the worst single loss; undefined where none do.
 *
 *   X_z        capacity in z: a zone, or one instance by itself where an instance may be lost
 *   survives   Σ X_z − max X_z ≥ load   ⟺   Σ min(X_z, x) ≥ load + x for some x,   x = min(load, max X_z)
 *
 * Whatever x: losing z leaves at least Σ min(X, x) − min(X_z, x) ≥ load. So the least is over x of a cover, and only values
 * that some X_z can take, or the load, need be tried.
 */
export const survivingHour = (survive: Exclude<Survival, "nothing">, question: SurvivingQuestion): SurvivingHour | undefined =>
  question.load <= 0 ? { cost: 0, lower: 0, counts: question.items.map(() => 0) } : solvers[survive](question);
