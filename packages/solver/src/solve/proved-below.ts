import { type MicroUsd, toUsd } from "@headroom/core";
import type { BuyableUnit } from "../formulate/buyable-units.ts";
import { boundAt } from "./bound-at-prices.ts";
import type { ExactWeek } from "./exact-week.ts";
import type { FleetAsked } from "./fleet-outcome.ts";
import { type BoundOutcome, hourlyBound } from "./hourly-bound.ts";
import type { PricedBin } from "./priced-bins.ts";
import type { SolveTools } from "./solve-tools.ts";

interface Evidence {
  readonly bound: BoundOutcome;
  /** Every hour by itself, at the prices of a relaxation. */
  readonly bins: readonly PricedBin[];
  readonly exact: ExactWeek | undefined;
  /** Of the fleet that was found. */
  readonly cost: MicroUsd | undefined;
}

/**
 * Dollars an hour below which no fleet is. Where instances may be shared, pieces of them are covered with instead of whole ones, at
 * the same prices; only where these do not prove enough are the pieces priced themselves.
 */
export const provedBelow = async (
  { problem, units, groups, divided }: FleetAsked,
  { bound, bins, exact, cost }: Evidence,
  { backends, nowMs }: SolveTools,
): Promise<number | undefined> => {
  if (bound.kind !== "bound") return undefined;
  const { needs, rules, limits, deadlineMs } = problem;
  const isLate = () => nowMs() > deadlineMs;
  const commits = bound.used.some(({ committed }) => committed);
  const fine = (of: readonly BuyableUnit[]) => (commits && bins.length > 0 && !isLate() ? boundAt({ needs, units: of, rules }, bins) : 0);
  if (!divided) return Math.max(bound.usdPerHour, fine(units), exact?.lower ?? 0);
  const { pieces } = divided;
  const proved = Math.max(boundAt({ needs, units: pieces, rules }, bound.bins), fine(pieces));
  if (isLate() || (cost !== undefined && proved >= toUsd(cost) * (1 - limits.relativeGap))) return proved;
  const priced = await hourlyBound({ needs, units: pieces, rules, groups }, limits, backends);
  return priced.kind === "bound" ? Math.max(proved, priced.usdPerHour) : proved;
};
