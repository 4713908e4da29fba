import type { NormalEquations } from "./least-squares.ts";

/** x of (A + damping · diag A) · x = b, with A positive definite. */
export const solveDamped = ({ matrix, gradient }: NormalEquations, damping: number): Float64Array => {
  const lower = factor(matrix, damping);
  const solution = Float64Array.from(gradient);
  lower.forEach((row, i) => {
    solution[i] = ((solution[i] ?? 0) - dot(row, solution, i)) / (row[i] ?? 1);
  });
  for (let i = lower.length - 1; i >= 0; i--) {
    const row = lower[i];
    const value = (solution[i] ?? 0) / (row?.[i] ?? 1);
    solution[i] = value;
    for (let k = 0; row && k < i; k++) solution[k] = (solution[k] ?? 0) - (row[k] ?? 0) * value;
  }
  return solution;
};

/** Cholesky: lower triangular L with L · Lᵀ = A + damping · diag A. */
const factor = (matrix: readonly Float64Array[], damping: number): Float64Array[] => {
  const lower: Float64Array[] = [];
  matrix.forEach((source, i) => {
    const row = new Float64Array(matrix.length);
    lower.forEach((above, j) => {
      row[j] = ((source[j] ?? 0) - dot(row, above, j)) / (above[j] ?? 1);
    });
    row[i] = Math.sqrt(Math.max((source[i] ?? 0) * (1 + damping) - dot(row, row, i), 1e-12));
    lower.push(row);
  });
  return lower;
};

const dot = (a: Float64Array, b: Float64Array, length: number): number => {
  let total = 0;
  for (let k = 0; k < length; k++) total += (a[k] ?? 0) * (b[k] ?? 0);
  return total;
};
