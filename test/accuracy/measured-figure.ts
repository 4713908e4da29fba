/** One figure that somebody measured, and what Headroom says about it. */
export interface MeasuredFigure {
  /** Row id and what was measured. */
  readonly label: string;
  readonly quantity: string;
  /** Absent where Headroom refuses the request. */
  readonly predicted: number | undefined;
  readonly measured: number;
  readonly engine: string;
  readonly modelFamily: string;
  readonly accelerator: string;
  /** Further ways to sort the rows: replica size, regime. */
  readonly groups?: Readonly<Record<string, string>>;
  readonly interval?: readonly [number, number];
}

/** predicted ÷ measured − 1; a refusal misses by the whole. */
export const relativeError = ({ predicted, measured }: MeasuredFigure): number => (predicted === undefined ? -1 : predicted / measured - 1);
