import { mainWeightFormat } from "@headroom/core";
import type { Fleet, FleetProblem } from "../solve/fleet.ts";
import type { Named } from "./checked-costs.ts";
import { inFormat } from "./restriction.ts";

/** For each service whose precision is open, the same question with that service in one format alone, where the plan is not. */
export const inOneFormat = (problem: FleetProblem, { purchases }: Fleet): Named[] =>
  problem.needs
    .filter(({ precisions }) => precisions.length > 1)
    .flatMap((need) => {
      const used = new Set(
        purchases.filter(({ unit }) => unit.candidate.need.name === need.name).map(({ unit }) => unit.candidate.precision),
      );
      return need.precisions
        .filter((precision) => used.size > 1 || !used.has(precision))
        .map((precision) => ({
          name: `${need.name} in ${mainWeightFormat(precision, need.model)} only`,
          restriction: inFormat(need, precision),
        }));
    });
