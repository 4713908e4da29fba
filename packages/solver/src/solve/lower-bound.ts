import { type MicroUsd, microUsd, toUsd } from "@headroom/core";

/** A backend's bound is right up to its own tolerance. */
const boundTolerance = 1e-9;

/**
 * A cost is a sum of whole counts times prices, so it is a multiple of the prices' greatest common divisor:
 * a bound between two multiples rises to the upper one.
 */
export const lowerBound = (boundUsd: number, prices: readonly MicroUsd[], cost: MicroUsd): MicroUsd => {
  const step = prices.reduce<bigint>(greatestCommonDivisor, 0n) || 1n;
  const micro = boundUsd * 1e6;
  const steps = Math.ceil(micro / Number(step) - boundTolerance * Math.max(1, micro / Number(step)));
  const bound = BigInt(Math.max(0, steps)) * step;
  return microUsd(bound < cost ? bound : cost);
};

/** The same where a cost is no sum of counts times prices: to the micro-dollar below. */
export const boundBelow = (boundUsd: number): MicroUsd =>
  microUsd(BigInt(Math.max(0, Math.floor(boundUsd * 1e6 * (1 - boundTolerance)) - 1)));

/** How far a cost may be above the optimum, as a share of the cost. */
export const relativeGap = (cost: MicroUsd, bound: MicroUsd): number => (cost === bound ? 0 : toUsd(microUsd(cost - bound)) / toUsd(cost));

const greatestCommonDivisor = (a: bigint, b: bigint): bigint => (b === 0n ? a : greatestCommonDivisor(b, a % b));
