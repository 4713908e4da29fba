import { type BucketMixRequest, toUsd, usd } from "@headroom/core";
import type { LinearProgram, Term } from "../linear-program/linear-program.ts";
import { programBuilder } from "../linear-program/program-builder.ts";
import type { CapacityRow } from "./formulate-balanced-routing.ts";

/** One traffic bucket with demand. */
export interface Bucket {
  readonly row: number;
  readonly column: number;
  readonly requestsPerSecond: number;
}

/** A bucket on a machine that may serve it; `variable` is the position of its share, or of its number of slices. */
export interface Route {
  readonly machine: number;
  readonly bucket: number;
  readonly variable: number;
}

export interface BucketMixProgram {
  readonly program: LinearProgram;
  readonly buckets: readonly Bucket[];
  /** Position of each machine's count. */
  readonly counts: readonly number[];
  readonly routes: readonly Route[];
  readonly capacityRows: readonly CapacityRow[];
}

/**
 * The cheapest machines for a distribution of traffic.
 *
 *   sets        machines m, buckets b with demand d_b > 0
 *   given       price_m, rate r_mb in requests per second (0: may not serve), limit max_m, slices S
 *   variables   n_m ∈ {0 … max_m} machines;  a_mb ∈ [0, S] slices of b on m, whole unless traffic is divisible
 *   minimise    Σ price_m · n_m
 *   served b    Σ_m a_mb = S
 *   capacity m  Σ_b a_mb · d_b / (S · r_mb) − n_m ≤ 0
 */
export const formulateBucketMix = (request: BucketMixRequest): BucketMixProgram => {
  const builder = programBuilder();
  const buckets = bucketsOf(request);
  const wholeSlices = request.routing === "whole-buckets";
  const slices = wholeSlices ? (request.slicesPerBucket ?? 1) : 1;
  const counts = request.machines.map(({ id, usdPerHour, max }) =>
    builder.variable({ label: `count of ${id}`, kind: "integer", cost: toUsd(usd(usdPerHour)), upper: max ?? Number.POSITIVE_INFINITY }),
  );
  const routes = request.machines.flatMap((_, machine) =>
    buckets.flatMap((bucket, index): Route[] => {
      if (rateOf(request, machine, bucket) <= 0) return [];
      const label = `bucket ${bucket.row},${bucket.column} on ${request.machines[machine]?.id}`;
      const variable = builder.variable({ label, kind: wholeSlices ? "integer" : "continuous", upper: slices });
      return [{ machine, bucket: index, variable }];
    }),
  );
  buckets.forEach((bucket, index) => {
    const terms = routes.filter((route) => route.bucket === index).map(({ variable }): Term => ({ variable, coefficient: 1 }));
    builder.constrain({ label: `served ${bucket.row},${bucket.column}`, terms, lower: slices, upper: slices });
  });
  const capacityRows = counts.map((count, machine): CapacityRow => {
    const loads = buckets.map((bucket) => bucket.requestsPerSecond / (slices * rateOf(request, machine, bucket)));
    const terms = routes
      .filter((route) => route.machine === machine)
      .map(({ bucket, variable }): Term => ({ variable, coefficient: loads[bucket] ?? 0 }));
    const label = `capacity of ${request.machines[machine]?.id}`;
    const row = builder.constrain({ label, terms: [...terms, { variable: count, coefficient: -1 }], upper: 0 });
    return { row, count };
  });
  return { program: builder.program(), buckets, counts, routes, capacityRows };
};

const bucketsOf = ({ demand }: BucketMixRequest): Bucket[] =>
  demand.distribution.flatMap((shares, row) =>
    shares.flatMap((share, column) => (share > 0 ? [{ row, column, requestsPerSecond: share * demand.requestRatePerSecond }] : [])),
  );

const rateOf = ({ machines }: BucketMixRequest, machine: number, { row, column }: Bucket): number =>
  machines[machine]?.requestsPerSecond[row]?.[column] ?? 0;
