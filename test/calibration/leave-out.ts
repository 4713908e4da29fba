import type { Values } from "./bounded-descent.ts";

/** Predicted over measured of a row that its fit did not see. */
export interface LeftOut<R> {
  readonly row: R;
  readonly ratio: number;
}

/** Fits once for each group, without it, and predicts it. */
export const leaveOut = <R>(input: {
  readonly rows: readonly R[];
  readonly groupOf: (row: R) => string;
  readonly fit: (rows: readonly R[]) => Values;
  readonly ratio: (values: Values) => (row: R) => number;
}): readonly LeftOut<R>[] => {
  const groups = [...new Set(input.rows.map(input.groupOf))].sort();
  return groups.flatMap((group) => {
    const ratioOf = input.ratio(input.fit(input.rows.filter((row) => input.groupOf(row) !== group)));
    return input.rows.filter((row) => input.groupOf(row) === group).map((row) => ({ row, ratio: ratioOf(row) }));
  });
};

/** Mean of |predicted / measured − 1|. */
export const meanError = (left: readonly LeftOut<unknown>[]): number =>
  left.reduce((sum, { ratio }) => sum + Math.abs(ratio - 1), 0) / left.length;

/** Tenth and ninetieth percentile of measured over predicted. */
export const quantileBand = (left: readonly LeftOut<unknown>[]): [number, number] => {
  const sorted = left.map(({ ratio }) => 1 / ratio).sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 1;
  return [at(0.1), at(0.9)];
};
