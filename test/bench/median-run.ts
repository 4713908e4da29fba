import { type PlanRequest, toUsd } from "@headroom/core";
import { defaultBackends, planFleet } from "@headroom/solver";
import type { FleetCase } from "./fleet-cases.ts";

interface Run {
  readonly totalMs: number;
  readonly stages: ReadonlyMap<string, number>;
  readonly usdPerHour: number;
  readonly gap: number | null;
  /** Of the services alone, each when it was found. Milliseconds count from the request. */
  readonly fleets: readonly { readonly ms: number; readonly usdPerHour: number }[];
}

export interface MedianRun extends Omit<Run, "fleets"> {
  readonly runs: number;
  readonly leastMs: number;
  /** Of the run before those that count, in which code is compiled. */
  readonly firstMs: number;
  /** What the services' fleet costs. */
  readonly servicesUsdPerHour: number;
  /** When a fleet for the services first stood that costs no more; undefined: none did. */
  readonly stoodMs: (usdPerHour: number) => number | undefined;
}

export type Asked = Pick<FleetCase, "catalog"> & { readonly request: PlanRequest };

/** Short runs are repeated until so much time is over: one alone says little. */
const longEnoughMs = 5000;

/** After one run that does not count: each time by itself the median of so many, or of more where they are short. */
export const medianRun = async (asked: Asked, rounds: number): Promise<MedianRun> => {
  const { totalMs: firstMs } = await planOnce(asked);
  const runs: Run[] = [];
  const spentMs = () => runs.reduce((sum, { totalMs }) => sum + totalMs, 0);
  while (runs.length < rounds || (rounds > 1 && spentMs() < longEnoughMs)) runs.push(await planOnce(asked));
  const [first] = runs as [Run, ...Run[]];
  const times = runs.map(({ totalMs }) => totalMs);
  return {
    ...first,
    stages: new Map([...first.stages.keys()].map((stage) => [stage, median(runs.map(({ stages }) => stages.get(stage) ?? 0))])),
    totalMs: median(times),
    runs: runs.length,
    leastMs: Math.min(...times),
    firstMs,
    servicesUsdPerHour: Math.min(...first.fleets.map(({ usdPerHour }) => usdPerHour)),
    stoodMs: (most) => {
      const found = runs.flatMap(({ fleets }) => fleets.find(({ usdPerHour }) => usdPerHour <= most) ?? []);
      return found.length < runs.length ? undefined : median(found.map(({ ms }) => ms));
    },
  };
};

export const planOnce = async ({ request, catalog }: Asked): Promise<Run> => {
  const stages = new Map<string, number>();
  const fleets: { ms: number; usdPerHour: number }[] = [];
  const now = () => performance.now();
  const startedMs = now();
  const outcome = await planFleet(
    { request, catalog, version: "bench", newId: () => "plan_bench" },
    {
      backends: defaultBackends,
      nowMs: now,
      onStage: (stage, ms) => stages.set(stage, ms),
      // What is found after the solve answers the explanation's questions.
      onFleet: (cost) => stages.has("solve") || fleets.push({ ms: now() - startedMs, usdPerHour: toUsd(cost) }),
    },
  );
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
  const { cost, proof } = outcome.value;
  return { totalMs: now() - startedMs, stages, usdPerHour: Number(cost?.usdPerHour), gap: proof.gap, fleets };
};

export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
