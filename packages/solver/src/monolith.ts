import { type Candidate, type Catalog, type Offer, type PlanRequest, type Rejection, type ServiceNeed, toUsd } from "@headroom/core";
import { buyableUnits } from "./formulate/buyable-units.ts";
import { fleetQuestion } from "./formulate/fleet-question.ts";
import { formulateFleet } from "./formulate/formulate-fleet.ts";
import { hourGroups } from "./formulate/hour-groups.ts";
import { meanCost } from "./solve/fleet.ts";
import type { SolveTools } from "./solve/solve-tools.ts";

export interface Monolith {
  readonly integers: number;
  readonly ms: number;
  /** Mean dollars an hour; absent where no plan was found in time. */
  readonly cost: number | undefined;
}

export interface MonolithInput {
  readonly request: PlanRequest;
  readonly catalog: Catalog;
  readonly limitSeconds: number;
  readonly enumerate: (
    needs: readonly ServiceNeed[],
    offers: readonly Offer[],
  ) => { readonly candidates: readonly Candidate[]; readonly rejections: readonly Rejection[] };
}

/** The whole week as one program with every count whole, given to HiGHS as it is: what the benchmark measures against. */
export const solveMonolith = async ({ request, catalog, limitSeconds, enumerate }: MonolithInput, tools: SolveTools): Promise<Monolith> => {
  const question = fleetQuestion(request, catalog);
  if (!question.ok) throw new Error(JSON.stringify(question.errors));
  const { needs, offers, rules, switching } = question.value;
  const units = buyableUnits(enumerate(needs, offers).candidates, offers, rules, switching);
  const groups = hourGroups(needs);
  const { program, counts } = formulateFleet({ needs, units, rules, groups, switching, kind: "integer" });
  const large = await tools.backends.large();
  const startedMs = tools.nowMs();
  const outcome = large.solve(program, { timeLimitSeconds: limitSeconds, relativeGap: 0 });
  const ms = tools.nowMs() - startedMs;
  const integers = program.variables.filter(({ kind }) => kind === "integer").length;
  if (outcome.status !== "optimal" && outcome.status !== "feasible") return { integers, ms, cost: undefined };
  const bought = new Map(units.map((unit, index) => [unit, groups.map((_, group) => outcome.values[counts[index]?.[group] ?? -1] ?? 0)]));
  return { integers, ms, cost: toUsd(meanCost(bought, groups)) };
};
