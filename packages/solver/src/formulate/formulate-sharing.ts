import type { ProgramBuilder } from "../linear-program/program-builder.ts";
import type { BuyableUnit } from "./buyable-units.ts";
import { emptyInstances, replicaOf, sizeOf } from "./divide-units.ts";
import type { FleetInput, FleetProgram } from "./formulate-fleet.ts";

/** Instances of one offer, by position among the units, and the replicas that may run on them. */
export interface InstancePool {
  readonly instances: number;
  readonly replicas: readonly { readonly unit: number; readonly size: number }[];
}

export interface PooledUnits {
  readonly units: readonly BuyableUnit[];
  readonly pools: readonly InstancePool[];
  /** By position: the whole unit of which one replica stands there, or the unit itself; undefined for empty instances. */
  readonly wholes: readonly (BuyableUnit | undefined)[];
}

/** Shareable units as single replicas beside the instances of their offers, and the other units as they are. */
export const poolUnits = (shareable: readonly BuyableUnit[], others: readonly BuyableUnit[]): PooledUnits => {
  const offers = [...new Set(shareable.map(({ offer }) => offer))];
  const first = others.length + shareable.length;
  const empty = offers.flatMap((offer) => shareable.filter((unit) => unit.offer === offer).slice(0, 1));
  return {
    units: [...others, ...shareable.map(replicaOf), ...empty.map(emptyInstances)],
    wholes: [...others, ...shareable, ...empty.map(() => undefined)],
    pools: offers.map((offer, at) => ({
      instances: first + at,
      replicas: shareable.flatMap((unit, position) =>
        unit.offer === offer ? [{ unit: others.length + position, size: sizeOf(unit) }] : [],
      ),
    })),
  };
};

/**
 * Replicas of several services on the instances of one offer.
 *
 *   variables   r_ug ∈ ℕ replicas of u, N_og ∈ ℕ instances of o, both among n_ug of formulate-fleet: replicas serve and cost
 *               nothing, instances cost and serve nobody
 *   room o g    Σ_{u on o} size_u · r_ug − accelerators_o · N_og ≤ 0
 *
 * Sizes are powers of two that divide the instance, so that what fits in sum can be packed.
 */
export const constrainSharing = (
  builder: ProgramBuilder,
  { units, groups, pools = [] }: FleetInput,
  counts: FleetProgram["counts"],
): void => {
  for (const { instances, replicas } of pools) {
    const accelerators = units[instances]?.accelerators ?? 0;
    for (const [group] of groups.entries()) {
      const terms = [
        ...replicas.map(({ unit, size }) => ({ variable: counts[unit]?.[group] ?? -1, coefficient: size })),
        { variable: counts[instances]?.[group] ?? -1, coefficient: -accelerators },
      ];
      builder.constrain({ label: `room on ${units[instances]?.offer.id} in ${group}`, terms, upper: 0 });
    }
  }
};
