import {
  type Catalog,
  countAt,
  defaultLimits,
  type FieldError,
  type Frontier,
  type FrontierPoint,
  type FrontierRequest,
  formatUsd,
  hoursPerWeek,
  type Outcome,
  type Plan,
  refuseAll,
  succeed,
  under,
} from "@headroom/core";
import { planFleet } from "../plan-fleet.ts";
import { relativeGap } from "../solve/lower-bound.ts";
import type { SolveTools } from "../solve/solve-tools.ts";
import { axisMeaning, frontierVariants } from "./frontier-variants.ts";
import { nestedPoints, type Point, type SolvedPoint } from "./nested-points.ts";

export interface FrontierInput {
  readonly request: FrontierRequest;
  readonly catalog: Catalog;
  readonly version: string;
  readonly newId: () => string;
}

/** What the cheapest plan costs at each value: cost against latency target, spot share, commitment or horizon. */
export const costFrontier = async (input: FrontierInput, tools: SolveTools): Promise<Outcome<Frontier>> => {
  const { request: asked, catalog, version } = input;
  const solved: SolvedPoint[] = [];
  const refusals: (readonly FieldError[])[] = [];
  for (const { value, request } of frontierVariants(asked)) {
    const outcome = await planFleet({ ...input, request, explain: "none" }, tools);
    if (!outcome.ok) refusals.push(outcome.errors);
    const detail = outcome.ok ? undefined : inWords(outcome.errors);
    solved.push({ value, world: { request, catalog }, plan: outcome.ok ? outcome.value : undefined, detail });
  }
  const [first] = refusals;
  if (first && refusals.length === solved.length) return under("/plan", refuseAll(first));
  return succeed({
    axis: asked.axis,
    catalog: catalog.id,
    catalogAsOf: catalog.asOf,
    version,
    points: nestedPoints(asked.axis, solved).map((point) => documentOf(point, asked)),
    assumptions: { ...sharedAssumptions(solved.flatMap(({ plan }) => (plan ? [plan] : []))), axis: axisMeaning[asked.axis] },
  });
};

export const inWords = (errors: readonly FieldError[]): string => errors.map(({ pointer, detail }) => `${pointer} ${detail}`).join("; ");

const documentOf = ({ value, plan, cost, bound, detail }: Point, { plan: { limits } }: FrontierRequest): FrontierPoint => {
  const nothing = { usdPerHour: null, lowerBoundUsdPerHour: null, gap: null, accelerators: {}, byCapacityType: {} };
  if (!plan) return { value, status: "unsolved", ...nothing, verified: false, ...(detail === undefined ? {} : { detail }) };
  if (cost === undefined) return { value, status: "infeasible", ...nothing, verified: plan.proof.verified };
  const gap = bound === undefined ? null : relativeGap(cost, bound);
  return {
    value,
    status: gap !== null && gap <= (limits?.gap ?? defaultLimits.gap) ? "optimal" : "feasible",
    usdPerHour: formatUsd(cost),
    lowerBoundUsdPerHour: bound === undefined ? null : formatUsd(bound),
    gap,
    verified: plan.proof.verified,
    accelerators: mostAccelerators(plan),
    byCapacityType: plan.cost?.byCapacityType ?? {},
  };
};

/** Of each type, over all lines, in the hour in which it is most. */
const mostAccelerators = ({ lines }: Plan): Record<string, number> => {
  const types = [...new Set(lines.map(({ accelerator }) => accelerator))].toSorted();
  return Object.fromEntries(
    types.map((type) => {
      const own = lines.filter(({ accelerator }) => accelerator === type);
      const inHour = (hour: number) =>
        own.reduce((sum, { instances, acceleratorsPerInstance }) => sum + countAt(instances, hour) * acceleratorsPerInstance, 0);
      return [type, Math.max(...Array.from({ length: hoursPerWeek }, (_, hour) => inHour(hour)))];
    }),
  );
};

/** What every plan assumes alike; the rest is what the axis moves. */
export const sharedAssumptions = (plans: readonly Plan[]): Plan["assumptions"] =>
  Object.fromEntries(
    Object.entries(plans[0]?.assumptions ?? {}).filter(([name, value]) => plans.every(({ assumptions }) => assumptions[name] === value)),
  );
