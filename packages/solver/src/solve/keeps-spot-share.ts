import type { BuyingRules } from "@headroom/core";
import type { UnitCounts } from "./layered-fleet.ts";

const dust = 1e-9;

/** Whether spot is within its share of the accelerators in every group of hours. */
export const keepsSpotShare = ({ spotMaxShare }: Pick<BuyingRules, "spotMaxShare">, counts: UnitCounts): boolean => {
  const groups = Math.max(0, ...[...counts.values()].map(({ length }) => length));
  return Array.from({ length: groups }, (_, group) => group).every((group) => {
    let over = 0;
    for (const [{ spot, accelerators }, ofUnit] of counts) over += accelerators * (ofUnit[group] ?? 0) * ((spot ? 1 : 0) - spotMaxShare);
    return over <= dust;
  });
};
