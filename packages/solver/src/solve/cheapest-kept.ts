import { meanCost } from "./fleet.ts";
import type { FleetAsked } from "./fleet-outcome.ts";
import { keepsSpotShare } from "./keeps-spot-share.ts";
import { keepsQuotas, type UnitCounts } from "./layered-fleet.ts";

/** Of fleets found in several ways the cheapest that keeps the quotas and the spot share; the first of equals. */
export const cheapestKept = (
  { problem: { rules }, groups }: Pick<FleetAsked, "problem" | "groups">,
  found: readonly (UnitCounts | undefined)[],
): UnitCounts | undefined =>
  found
    .filter((counts) => counts !== undefined)
    .filter((counts) => keepsQuotas({ rules, groups }, counts) && keepsSpotShare(rules, counts))
    .reduce<UnitCounts | undefined>(
      (best, counts) => (!best || meanCost(counts, groups) < meanCost(best, groups) ? counts : best),
      undefined,
    );
