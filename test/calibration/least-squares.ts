/** One thing to be explained: its residual depends on some of the parameters, and is measured in standard deviations. */
export interface Residual {
  readonly parameters: readonly number[];
  readonly of: (values: readonly number[]) => number;
}

export interface LeastSquares {
  readonly start: readonly number[];
  /** What each parameter is believed to be before anything is seen, and how firmly. */
  readonly prior: readonly { readonly mean: number; readonly deviation: number; readonly low: number; readonly high: number }[];
  readonly residuals: readonly Residual[];
  readonly steps: number;
}

/** Beyond this many standard deviations a residual pulls no harder: outliers do not bend the fit. */
const huberLimit = 1.5;
const difference = 1e-3;

/** Gauss–Newton with Levenberg's damping, a normal prior on each parameter, and Huber's loss. Deterministic. */
export const fitLeastSquares = ({ start, prior, residuals, steps }: LeastSquares): number[] => {
  const inside = (values: readonly number[]) => values.map((value, index) => clamp(value, prior[index]));
  const loss = (values: readonly number[]) =>
    sum(residuals.map((residual) => huber(residual.of(values)))) +
    sum(values.map((value, index) => standardised(value, prior[index]) ** 2)) / 2;
  let values = inside(start);
  let best = loss(values);
  let damping = 1e-3;
  for (let step = 0; step < steps; step++) {
    const { matrix, gradient } = normalEquations(values, prior, residuals);
    let improved = false;
    for (let attempt = 0; attempt < 6 && !improved; attempt++) {
      const move = solve(matrix, gradient, damping);
      const next = inside(values.map((value, index) => value - clampMove(move[index] ?? 0)));
      const reached = loss(next);
      if (reached < best) {
        improved = best - reached > 1e-4 * best;
        [values, best, damping] = [next, reached, Math.max(1e-6, damping / 5)];
        if (!improved) return values;
      } else damping *= 10;
    }
    if (!improved) return values;
  }
  return values;
};

type Prior = LeastSquares["prior"][number];

const clamp = (value: number, prior: Prior | undefined): number => Math.min(prior?.high ?? value, Math.max(prior?.low ?? value, value));
const clampMove = (move: number): number => Math.min(0.5, Math.max(-0.5, move));
const standardised = (value: number, prior: Prior | undefined): number => (prior ? (value - prior.mean) / prior.deviation : 0);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const huber = (x: number): number => (Math.abs(x) <= huberLimit ? (x * x) / 2 : huberLimit * (Math.abs(x) - huberLimit / 2));

const normalEquations = (values: readonly number[], prior: LeastSquares["prior"], residuals: readonly Residual[]) => {
  const matrix = values.map((_, index) => {
    const row = new Float64Array(values.length);
    row[index] = 1 / (prior[index]?.deviation ?? 1) ** 2;
    return row;
  });
  const gradient = values.map((value, index) => standardised(value, prior[index]) / (prior[index]?.deviation ?? 1));
  const moved = [...values];
  for (const { parameters, of } of residuals) {
    const here = of(values);
    const weight = Math.abs(here) <= huberLimit ? 1 : huberLimit / Math.abs(here);
    const slopes = parameters.map((parameter) => {
      const value = values[parameter] ?? 0;
      moved[parameter] = value + difference;
      const slope = (of(moved) - here) / difference;
      moved[parameter] = value;
      return slope;
    });
    accumulate({ matrix, gradient, parameters, slopes, weight, residual: here });
  }
  return { matrix, gradient };
};

const accumulate = (into: {
  readonly matrix: readonly Float64Array[];
  readonly gradient: number[];
  readonly parameters: readonly number[];
  readonly slopes: readonly number[];
  readonly weight: number;
  readonly residual: number;
}): void => {
  const { matrix, gradient, parameters, slopes, weight, residual } = into;
  parameters.forEach((parameter, i) => {
    const slope = slopes[i] ?? 0;
    if (slope === 0) return;
    gradient[parameter] = (gradient[parameter] ?? 0) + weight * slope * residual;
    const row = matrix[parameter];
    if (!row) return;
    parameters.forEach((other, j) => {
      row[other] = (row[other] ?? 0) + weight * slope * (slopes[j] ?? 0);
    });
  });
};

/** Cholesky on the damped matrix, which the priors keep positive definite. */
const solve = (matrix: readonly Float64Array[], gradient: readonly number[], damping: number): number[] => {
  const size = gradient.length;
  const lower = matrix.map((row) => Float64Array.from(row));
  const at = (i: number, j: number) => lower[i]?.[j] ?? 0;
  const set = (i: number, j: number, value: number) => {
    const row = lower[i];
    if (row) row[j] = value;
  };
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let total = at(i, j) * (i === j ? 1 + damping : 1);
      for (let k = 0; k < j; k++) total -= at(i, k) * at(j, k);
      set(i, j, i === j ? Math.sqrt(Math.max(total, 1e-12)) : total / at(j, j));
    }
  }
  const forward = new Array<number>(size).fill(0);
  for (let i = 0; i < size; i++) {
    let total = gradient[i] ?? 0;
    for (let k = 0; k < i; k++) total -= at(i, k) * (forward[k] ?? 0);
    forward[i] = total / at(i, i);
  }
  const solution = new Array<number>(size).fill(0);
  for (let i = size - 1; i >= 0; i--) {
    let total = forward[i] ?? 0;
    for (let k = i + 1; k < size; k++) total -= at(k, i) * (solution[k] ?? 0);
    solution[i] = total / at(i, i);
  }
  return solution;
};
