import type { Catalog, PlanRequest, Rejection, RejectionDocument } from "@headroom/core";
import type { Fleet, FleetProblem } from "../solve/fleet.ts";
import type { SolveTools } from "../solve/solve-tools.ts";
import { closestAttempts } from "./closest-attempts.ts";
import { dearerAccelerators } from "./dearer-accelerators.ts";

export interface Refused {
  readonly problem: FleetProblem;
  /** Undefined where there is no plan to be dearer than. */
  readonly fleet: Fleet | undefined;
  readonly rejections: readonly Rejection[];
  readonly catalog: Catalog;
  readonly request: PlanRequest;
}

/** Everything that was not chosen and why: what is dearer, what does not meet the request, what nobody sells. */
export const explainRejections = async (
  { problem, fleet, rejections, catalog }: Refused,
  tools: SolveTools,
): Promise<RejectionDocument[]> => {
  const dearer: RejectionDocument[] = [];
  if (fleet) for (const need of problem.needs) dearer.push(...(await dearerAccelerators(problem, fleet, need, tools)));
  return [
    ...dearer,
    ...closestAttempts(rejections, problem.candidates).map(documentOf),
    ...catalog.notForSale.map(
      ({ what, reason }): RejectionDocument => ({ what, code: "not-for-sale", required: null, available: null, unit: "", detail: reason }),
    ),
  ];
};

const documentOf = ({ service, what, code, required, available, unit, detail }: Rejection): RejectionDocument => ({
  service,
  what,
  code,
  required: required ?? null,
  available: available ?? null,
  unit,
  detail,
});
