/** One measurement beside what was predicted for it, for tests and for docs/accuracy.md. */
export interface MeasuredRow {
  readonly label: string;
  readonly quantity: string;
  readonly predicted: number;
  readonly measured: number;
  readonly framework: string;
  readonly model: string;
  readonly accelerator: string;
  readonly interval?: readonly [number, number];
}

export const absoluteErrors = (rows: readonly MeasuredRow[]): readonly number[] =>
  rows.map(({ predicted, measured }) => Math.abs(predicted / measured - 1));

export const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

export const quantileOf = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))] ?? Number.NaN;

export const medianOf = (values: readonly number[]): number => quantileOf(values, 0.5);
