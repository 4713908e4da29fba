import { mainWeightFormat } from "@headroom/core";
import type { Fleet, FleetProblem } from "../solve/fleet.ts";
import { withCandidates } from "./restrict.ts";

/** For each service whose precision is open, the same question with that service in one format alone, where the plan is not. */
export const inOneFormat = (problem: FleetProblem, { purchases }: Fleet): ReadonlyMap<string, FleetProblem> =>
  new Map(
    problem.needs
      .filter(({ precisions }) => precisions.length > 1)
      .flatMap((need) => {
        const used = new Set(purchases.filter(({ unit }) => unit.candidate.need === need).map(({ unit }) => unit.candidate.precision));
        return need.precisions
          .filter((precision) => used.size > 1 || !used.has(precision))
          .map((precision) => {
            const alone = withCandidates(problem, (candidate) => candidate.need !== need || candidate.precision === precision);
            return [`${need.name} in ${mainWeightFormat(precision, need.model)} only`, alone] as const;
          });
      }),
  );
