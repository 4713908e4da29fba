import { type CommitmentTerm, type Outcome, type Plan, type PlanRequest, succeed } from "@headroom/core";
import { type PlanFleetInput, planFleet } from "../plan-fleet.ts";
import type { SolveTools } from "../solve/solve-tools.ts";

/** What is varied, and the values it takes; everything else stays as asked. */
export type FrontierAxis =
  | { readonly axis: "latency-target" /** Times every target of every service. */; readonly values: readonly number[] }
  | { readonly axis: "spot-share"; readonly values: readonly number[] }
  | { readonly axis: "commitment"; readonly values: readonly (CommitmentTerm | "none")[] }
  | { readonly axis: "horizon"; readonly values: readonly number[] };

export interface FrontierPoint {
  readonly value: number | string;
  readonly status: Plan["status"];
  readonly usdPerHour: string | null;
  readonly gap: number | null;
}

/** What the cheapest plan costs at each value: cost against latency target, spot share, commitment or horizon. */
export const costFrontier = async (
  input: PlanFleetInput,
  frontier: FrontierAxis,
  tools: SolveTools,
): Promise<Outcome<readonly FrontierPoint[]>> => {
  const points: FrontierPoint[] = [];
  for (const { value, request } of variants(input.request, frontier)) {
    const outcome = await planFleet({ ...input, request }, tools);
    if (!outcome.ok) return outcome;
    const { status, cost, proof } = outcome.value;
    points.push({ value, status, usdPerHour: cost?.usdPerHour ?? null, gap: proof.gap });
  }
  return succeed(points);
};

interface Variant {
  readonly value: number | string;
  readonly request: PlanRequest;
}

const variants = (request: PlanRequest, frontier: FrontierAxis): Variant[] => {
  const buying = (change: Partial<NonNullable<PlanRequest["purchase"]>>): PlanRequest => ({
    ...request,
    purchase: { ...request.purchase, ...change },
  });
  switch (frontier.axis) {
    case "latency-target":
      return frontier.values.map((value) => ({ value, request: withTargets(request, value) }));
    case "spot-share":
      return frontier.values.map((value) => ({ value, request: buying({ spotMaxShare: value }) }));
    case "commitment":
      return frontier.values.map((value) => ({ value, request: buying({ commitmentTerms: value === "none" ? [] : [value] }) }));
    case "horizon":
      return frontier.values.map((value) => ({ value, request: buying({ horizonHours: value }) }));
  }
};

const withTargets = (request: PlanRequest, factor: number): PlanRequest => ({
  ...request,
  services: request.services.map((service) => {
    const { ttftMs, tpotMs, requestLatencyMs, ...slo } = service.slo;
    return {
      ...service,
      slo: {
        ...slo,
        ...(ttftMs === undefined ? {} : { ttftMs: ttftMs * factor }),
        ...(tpotMs === undefined ? {} : { tpotMs: tpotMs * factor }),
        ...(requestLatencyMs === undefined ? {} : { requestLatencyMs: requestLatencyMs * factor }),
      },
    };
  }),
});
