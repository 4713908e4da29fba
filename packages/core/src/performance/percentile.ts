/**
 * The standard normal quantile: z such that a share p of the values lies below z.
 * Rational approximation of Abramowitz and Stegun 26.2.23, error below 4.5e-4 for 0 < p < 1.
 */
export const normalQuantile = (p: number): number => {
  if (p === 0.5) return 0;
  const t = Math.sqrt(-2 * Math.log(Math.min(p, 1 - p)));
  const z = t - (2.515517 + 0.802853 * t + 0.010328 * t * t) / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t * t * t);
  return p < 0.5 ? -z : z;
};

/**
 * The share p of waits in a single-server queue of utilisation `busy` that are shorter, by the exponential tail
 *
 *   P(W > t) = busy · exp(−t · busy / meanWait)
 */
export const waitQuantile = (p: number, busy: number, meanWait: number): number =>
  busy <= 1 - p || meanWait <= 0 ? 0 : (meanWait / busy) * Math.log(busy / (1 - p));
