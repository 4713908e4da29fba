import type { Term } from "../linear-program/linear-program.ts";
import type { ProgramBuilder } from "../linear-program/program-builder.ts";
import type { FleetInput, FleetProgram } from "./formulate-fleet.ts";

/**
 * What must be there when something is lost; every unit then serves the service's own mix of classes.
 *
 *   given              mix_u, share of the busiest hour that one unit of u carries at the service's mix
 *   variables          z_ug ∈ {0, 1} whether any of u is bought
 *   one-instance u g   Σ_v mix_v · n_vg − mix_u · z_ug ≥ load_sg,   n_ug ≤ most_u · z_ug
 *   one-zone Z g       Σ_{v outside Z} mix_v · n_vg ≥ load_sg
 */
export const constrainSurvival = (
  builder: ProgramBuilder,
  { needs, units, rules, groups, kind }: FleetInput,
  counts: FleetProgram["counts"],
): void => {
  if (rules.survive === "nothing") return;
  needs.forEach((need, needIndex) => {
    const own = units.flatMap((unit, index) => (unit.candidate.need === need ? [{ unit, index }] : []));
    groups.forEach(({ loads }, group) => {
      const lower = loads[needIndex] ?? 0;
      if (lower === 0) return;
      const carried = (lost: string | undefined): Term[] =>
        own.flatMap(({ unit, index }) =>
          unit.zone === lost ? [] : [{ variable: counts[index]?.[group] ?? -1, coefficient: unit.mixCapacity }],
        );
      if (rules.survive === "one-zone") {
        for (const zone of new Set(own.map(({ unit }) => unit.zone)))
          builder.constrain({ label: `${need.name} without ${zone} in ${group}`, terms: carried(zone), lower });
        return;
      }
      for (const { unit, index } of own) {
        const bought = builder.variable({ label: `any of ${unit.offer.id} in ${group}`, kind, upper: 1 });
        const most = Math.min(unit.most, Math.ceil(1 / unit.mixCapacity) + 1);
        const count = counts[index]?.[group] ?? -1;
        builder.constrain({
          label: `${need.name} without one of ${unit.offer.id} in ${group}`,
          terms: [...carried(undefined), { variable: bought, coefficient: -unit.mixCapacity }],
          lower,
        });
        const terms = [
          { variable: count, coefficient: 1 },
          { variable: bought, coefficient: -most },
        ];
        builder.constrain({ label: `bought ${unit.offer.id} in ${group}`, terms, upper: 0 });
      }
    });
  });
};
