import type { Candidate, Catalog, Offer, PlanRequest, Rejection, ServiceNeed } from "@headroom/core";
import { buyableUnits } from "./formulate/buyable-units.ts";
import { fleetQuestion } from "./formulate/fleet-question.ts";
import { formulateFleet } from "./formulate/formulate-fleet.ts";
import { hourGroups } from "./formulate/hour-groups.ts";
import type { LinearProgram } from "./linear-program/linear-program.ts";
import type { SolveTools } from "./solve/solve-tools.ts";

/** How the monolith comes on, in the order of its life. Milliseconds count from the request. */
export type MonolithNews =
  | { readonly kind: "written"; readonly ms: number; readonly wholeVariables: number }
  | { readonly kind: "fleet"; readonly ms: number; readonly usdPerHour: number }
  | { readonly kind: "ended"; readonly ms: number; readonly status: string };

export interface MonolithInput {
  readonly request: PlanRequest;
  readonly catalog: Catalog;
  readonly limitSeconds: number;
  readonly enumerate: (
    needs: readonly ServiceNeed[],
    offers: readonly Offer[],
  ) => { readonly candidates: readonly Candidate[]; readonly rejections: readonly Rejection[] };
  readonly tell: (news: MonolithNews) => void;
}

/**
 * The services' whole week as one program with every count whole, given to HiGHS as it is: what the benchmark measures against.
 * HiGHS looks at its clock late, so whoever wants an end ends the process.
 */
export const solveMonolith = async ({ limitSeconds, tell, ...input }: MonolithInput, tools: SolveTools): Promise<void> => {
  const startedMs = tools.nowMs();
  const since = () => tools.nowMs() - startedMs;
  const large = await tools.backends.large();
  const program = programOf(input);
  tell({ kind: "written", ms: since(), wholeVariables: program.variables.filter(({ kind }) => kind === "integer").length });
  const { status } = large.solve(program, {
    timeLimitSeconds: limitSeconds,
    relativeGap: 0,
    onIncumbent: (usdPerHour) => tell({ kind: "fleet", ms: since(), usdPerHour }),
  });
  tell({ kind: "ended", ms: since(), status });
};

const programOf = ({ request, catalog, enumerate }: Pick<MonolithInput, "request" | "catalog" | "enumerate">): LinearProgram => {
  const question = fleetQuestion(request, catalog);
  if (!question.ok) throw new Error(JSON.stringify(question.errors));
  const { needs, offers, rules, switching } = question.value;
  const units = buyableUnits(enumerate(needs, offers).candidates, offers, rules, switching);
  return formulateFleet({ needs, units, rules, groups: hourGroups(needs), switching, kind: "integer" }).program;
};
