import { defaultSpot } from "../defaults.ts";
import type { CapacityType } from "../request/plan-request.ts";

/**
 * Share of an instance's time that counts as capacity.
 *
 *   spot: 1 − hazard per hour · hours until a replacement serves
 */
export const dependableShare = (capacityType: CapacityType): number =>
  capacityType === "spot" ? 1 - defaultSpot.hazardPerHour * defaultSpot.replacementHours : 1;
