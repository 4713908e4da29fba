import { meanOf, quantileOf } from "../truth/errors.ts";
import { type MeasuredFigure, relativeError } from "./measured-figure.ts";

export interface ErrorSummary {
  readonly rows: number;
  readonly unanswered: number;
  readonly mean: number;
  readonly median: number;
  readonly p90: number;
  /** Median of the signed errors. */
  readonly bias: number;
}

export const summarizeErrors = (figures: readonly MeasuredFigure[]): ErrorSummary => {
  const signed = figures.map(relativeError);
  const absolute = signed.map(Math.abs);
  return {
    rows: figures.length,
    unanswered: figures.filter(({ predicted }) => predicted === undefined).length,
    mean: meanOf(absolute),
    median: quantileOf(absolute, 0.5),
    p90: quantileOf(absolute, 0.9),
    bias: quantileOf(signed, 0.5),
  };
};

/** The rows by what `keyOf` says of them, the largest group first, ties by name. */
export const groupFigures = (figures: readonly MeasuredFigure[], keyOf: (figure: MeasuredFigure) => string | undefined) => {
  const groups = new Map<string, MeasuredFigure[]>();
  for (const figure of figures) {
    const key = keyOf(figure);
    if (key !== undefined) groups.set(key, [...(groups.get(key) ?? []), figure]);
  }
  return [...groups].toSorted(([a, left], [b, right]) => right.length - left.length || (a < b ? -1 : 1));
};

/** Of the rows with a band: the share inside, and the median of high ÷ low. */
export const bandOf = (figures: readonly MeasuredFigure[]) => {
  const banded = figures.flatMap(({ interval, measured }) => (interval ? [{ interval, measured }] : []));
  if (banded.length === 0) return undefined;
  const inside = banded.filter(({ interval: [low, high], measured }) => low <= measured && measured <= high).length;
  const widths = banded.map(({ interval: [low, high] }) => high / Math.max(low, 1e-9));
  return { rows: banded.length, inside: inside / banded.length, medianWidth: quantileOf(widths, 0.5) };
};
