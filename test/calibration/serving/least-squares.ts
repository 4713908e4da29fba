import { solveDamped } from "./cholesky.ts";

/** Things to be explained together: their residuals, in standard deviations, as a function of sums of parameters. */
export interface Block {
  /** The residuals depend on the parameters only through these sums. */
  readonly sums: readonly (readonly number[])[];
  readonly residuals: (sums: readonly number[]) => readonly number[];
}

/** What a parameter is believed to be before anything is seen, how firmly, and what it may not leave. */
export interface Prior {
  readonly mean: number;
  readonly deviation: number;
  readonly low: number;
  readonly high: number;
}

export interface LeastSquares {
  readonly start: readonly number[];
  readonly prior: readonly Prior[];
  readonly blocks: readonly Block[];
  readonly steps: number;
}

/** Beyond this many standard deviations a residual pulls no harder: outliers do not bend the fit. */
const huberLimit = 1.5;
const difference = 1e-3;
const longestMove = 0.5;
/** Steps in a row that hardly improve end the search: bounds and Huber's corners make single steps stall. */
const patience = 4;

/** Gauss–Newton with Levenberg's damping, a normal prior on each parameter, and Huber's loss. Deterministic. */
export const fitLeastSquares = ({ start, prior, blocks, steps }: LeastSquares): number[] => {
  let values = inside(start, prior);
  let reached = lossOf(values, prior, blocks);
  let damping = 1e-3;
  let idle = 0;
  for (let step = 0; step < steps && idle < patience; step++) {
    const equations = normalEquations(values, prior, blocks);
    const before = reached;
    for (let attempt = 0; attempt < 10 && reached === before; attempt++) {
      const move = solveDamped(equations, damping);
      const next = inside(
        values.map((value, index) => value - Math.min(longestMove, Math.max(-longestMove, move[index] ?? 0))),
        prior,
      );
      const loss = lossOf(next, prior, blocks);
      if (loss < before) [values, reached, damping] = [next, loss, Math.max(1e-6, damping / 4)];
      else damping *= 3;
    }
    idle = before - reached < 2e-4 * before ? idle + 1 : 0;
  }
  return values;
};

const inside = (values: readonly number[], prior: readonly Prior[]): number[] =>
  values.map((value, index) => Math.min(prior[index]?.high ?? value, Math.max(prior[index]?.low ?? value, value)));

const lossOf = (values: readonly number[], prior: readonly Prior[], blocks: readonly Block[]): number => {
  let loss = 0;
  for (const { sums, residuals } of blocks) for (const residual of residuals(sumsOf(sums, values))) loss += huber(residual);
  prior.forEach(({ mean, deviation }, index) => {
    loss += (((values[index] ?? mean) - mean) / deviation) ** 2 / 2;
  });
  return loss;
};

const sumsOf = (sums: Block["sums"], values: readonly number[]): number[] =>
  sums.map((indexes) => indexes.reduce((sum, index) => sum + (values[index] ?? 0), 0));

const huber = (x: number): number => (Math.abs(x) <= huberLimit ? (x * x) / 2 : huberLimit * (Math.abs(x) - huberLimit / 2));

export interface NormalEquations {
  readonly matrix: readonly Float64Array[];
  readonly gradient: Float64Array;
}

const normalEquations = (values: readonly number[], prior: readonly Prior[], blocks: readonly Block[]): NormalEquations => {
  const matrix = prior.map(({ deviation }, index) => {
    const row = new Float64Array(prior.length);
    row[index] = 1 / deviation ** 2;
    return row;
  });
  const gradient = Float64Array.from(prior, ({ mean, deviation }, index) => ((values[index] ?? mean) - mean) / deviation ** 2);
  for (const block of blocks) accumulate({ matrix, gradient }, block, values);
  return { matrix, gradient };
};

const accumulate = ({ matrix, gradient }: NormalEquations, { sums, residuals }: Block, values: readonly number[]): void => {
  const at = sumsOf(sums, values);
  const here = residuals(at);
  const slopes = sums.map((_, moved) => {
    const there = residuals(at.map((value, index) => (index === moved ? value + difference : value)));
    return here.map((residual, index) => ((there[index] ?? residual) - residual) / difference);
  });
  here.forEach((residual, which) => {
    const weight = Math.abs(residual) <= huberLimit ? 1 : huberLimit / Math.abs(residual);
    const terms = sums
      .flatMap((indexes, sum) => indexes.map((index) => ({ index, slope: slopes[sum]?.[which] ?? 0 })))
      .filter(({ slope }) => slope !== 0);
    for (const { index, slope } of terms) {
      gradient[index] = (gradient[index] ?? 0) + weight * slope * residual;
      const row = matrix[index];
      if (row) for (const other of terms) row[other.index] = (row[other.index] ?? 0) + weight * slope * other.slope;
    }
  });
};
