import type { BucketMixRequest, Mix } from "@headroom/core";
import type { BucketMixProgram } from "../formulate/formulate-bucket-mix.ts";

/** Reads counts and routing off a solution. Each bucket's shares are made to add up to exactly one. */
export const extractBucketMix = (
  request: BucketMixRequest,
  mix: BucketMixProgram,
  values: readonly number[],
): Pick<Mix, "counts" | "routing"> => {
  const counts: Record<string, number> = {};
  const routing: Record<string, number[][]> = {};
  request.machines.forEach(({ id }, machine) => {
    const count = values[mix.counts[machine] ?? -1] ?? 0;
    if (count === 0) return;
    counts[id] = count;
    routing[id] = request.demand.distribution.map((shares) => shares.map(() => 0));
  });
  mix.buckets.forEach(({ row, column }, bucket) => {
    const served = mix.routes
      .filter((route) => route.bucket === bucket)
      .map((route) => ({ id: request.machines[route.machine]?.id ?? "", slices: withoutDust(values[route.variable] ?? 0) }))
      .filter(({ slices }) => slices > 0);
    const total = served.reduce((sum, { slices }) => sum + slices, 0);
    for (const { id, slices } of served) {
      const cells = routing[id]?.[row];
      if (cells) cells[column] = slices / total;
    }
  });
  return { counts, routing };
};

/** Solvers leave shares like 1e-12 on machines that serve nothing. */
const withoutDust = (share: number): number => (share < 1e-9 ? 0 : share);
