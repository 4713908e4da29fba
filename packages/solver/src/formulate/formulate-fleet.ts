import { type BuyingRules, hoursPerMonth, microUsd, type ServiceNeed, toUsd } from "@headroom/core";
import type { LinearProgram, Term } from "../linear-program/linear-program.ts";
import { type ProgramBuilder, programBuilder } from "../linear-program/program-builder.ts";
import type { BuyableUnit } from "./buyable-units.ts";
import type { CapacityRow } from "./formulate-balanced-routing.ts";

export interface FleetProgram {
  readonly program: LinearProgram;
  /** Position of each unit's count. */
  readonly counts: readonly number[];
  /** Position of the share of a class that a unit takes, by unit and class. */
  readonly shares: readonly (readonly number[])[];
  readonly capacityRows: readonly CapacityRow[];
}

/**
 * The cheapest fleet for a constant demand.
 *
 *   sets         services s, classes k of s, units u (a candidate of s on an offer), quotas q
 *   given        price_u per hour, capacity_uk, demand_k, accelerators_u, instances_u, max_q, σ spot share, budget
 *   variables    n_u ∈ ℕ units bought;  a_uk ∈ [0, 1] share of class k that u takes
 *   minimise     Σ price_u · n_u
 *   served k     Σ_u a_uk = 1
 *   capacity u   Σ_k a_uk · demand_k / capacity_uk − n_u ≤ 0
 *   quota q      Σ_{u in q} accelerators_u (or instances_u) · n_u ≤ max_q
 *   spot share   Σ_{u spot} accelerators_u · n_u − σ · Σ_u accelerators_u · n_u ≤ 0
 *   budget       Σ price_u · n_u ≤ budget per hour
 */
export const formulateFleet = (needs: readonly ServiceNeed[], units: readonly BuyableUnit[], rules: BuyingRules): FleetProgram => {
  const builder = programBuilder();
  const counts = units.map(({ candidate, offer, price }) =>
    builder.variable({ label: `${candidate.id} on ${offer.id}`, kind: "integer", cost: toUsd(price) }),
  );
  const shares = units.map(({ candidate }) =>
    candidate.need.classes.map(({ name }) => builder.variable({ label: `share of ${name} on ${candidate.id}`, upper: 1 })),
  );
  for (const need of needs) {
    need.classes.forEach(({ name }, index) => {
      const terms = units.flatMap(({ candidate }, unit) => (candidate.need === need ? [termOf(shares[unit]?.[index])] : []));
      builder.constrain({ label: `served ${need.name} ${name}`, terms, lower: 1, upper: 1 });
    });
  }
  const capacityRows = units.map((unit, index): CapacityRow => {
    const loads = unit.candidate.need.classes.map(({ amount }, position): Term => {
      const capacity = unit.capacities[position] ?? 0;
      return termOf(shares[index]?.[position], amount / capacity);
    });
    const row = builder.constrain({
      label: `capacity ${unit.candidate.id} on ${unit.offer.id}`,
      terms: [...loads, termOf(counts[index], -1)],
      upper: 0,
    });
    return { row, count: counts[index] ?? -1 };
  });
  constrainRules(builder, { units, counts, rules });
  return { program: builder.program(), counts, shares, capacityRows };
};

const termOf = (variable = -1, coefficient = 1): Term => ({ variable, coefficient });

interface Bought {
  readonly units: readonly BuyableUnit[];
  readonly counts: readonly number[];
  readonly rules: BuyingRules;
}

const constrainRules = (builder: ProgramBuilder, { units, counts, rules }: Bought): void => {
  const over = (size: (unit: BuyableUnit) => number): Term[] => units.map((unit, index) => termOf(counts[index], size(unit)));
  rules.quotas.forEach((quota, index) => {
    const size = (unit: BuyableUnit) =>
      unit.quotas.includes(index) ? (quota.counts === "accelerators" ? unit.accelerators : unit.instances) : 0;
    builder.constrain({ label: quota.label, terms: over(size), upper: quota.max });
  });
  if (rules.spotMaxShare < 1 && units.some(({ offer }) => offer.capacityType === "spot")) {
    const size = ({ offer, accelerators }: BuyableUnit) => accelerators * ((offer.capacityType === "spot" ? 1 : 0) - rules.spotMaxShare);
    builder.constrain({ label: "spot share", terms: over(size), upper: 0 });
  }
  if (rules.budgetPerMonth !== undefined) {
    builder.constrain({
      label: "budget",
      terms: over(({ price }) => toUsd(price)),
      upper: toUsd(microUsd(rules.budgetPerMonth / BigInt(hoursPerMonth))),
    });
  }
};
