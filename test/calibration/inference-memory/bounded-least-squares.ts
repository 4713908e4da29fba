/** One equation: the columns, each times its coefficient, should add up to the target. */
export interface Equation {
  /** Rows of one configuration are left out together. */
  readonly configuration: string;
  readonly columns: readonly number[];
  readonly target: number;
  /** Errors count divided by this. */
  readonly scale: number;
}

export interface Bounds {
  readonly low: number;
  readonly high: number;
}

const sweeps = 4000;

/** Minimises the squared, scaled errors inside the bounds: one coefficient after another, each at its own optimum. */
export const boundedLeastSquares = (equations: readonly Equation[], bounds: readonly Bounds[]): number[] => {
  const coefficients = bounds.map(({ low, high }) => (low + high) / 2);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    bounds.forEach(({ low, high }, index) => {
      const { slope, square } = slopeOf(equations, coefficients, index);
      if (square > 0) coefficients[index] = Math.min(high, Math.max(low, (coefficients[index] ?? 0) + slope / square));
    });
  }
  return coefficients;
};

const slopeOf = (equations: readonly Equation[], coefficients: readonly number[], index: number) => {
  let slope = 0;
  let square = 0;
  for (const equation of equations) {
    const column = (equation.columns[index] ?? 0) / equation.scale;
    slope += (column * (equation.target - sumOf(equation, coefficients))) / equation.scale;
    square += column * column;
  }
  return { slope, square };
};

const sumOf = ({ columns }: Equation, coefficients: readonly number[]): number =>
  columns.reduce((sum, column, index) => sum + column * (coefficients[index] ?? 0), 0);

/** Absolute errors of each configuration under coefficients fitted without it. */
export const leftOutErrors = (equations: readonly Equation[], bounds: readonly Bounds[]): number[] =>
  [...new Set(equations.map(({ configuration }) => configuration))].flatMap((left) => {
    const coefficients = boundedLeastSquares(
      equations.filter(({ configuration }) => configuration !== left),
      bounds,
    );
    return equations
      .filter(({ configuration }) => configuration === left)
      .map((equation) => Math.abs(equation.target - sumOf(equation, coefficients)));
  });
