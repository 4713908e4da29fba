import type { Explanation } from "../plan/index.ts";

const closeEnough = 0.01;

/** Whether a plan that does without something might be had for noticeably less than was found. */
export const isLeftOpen = ({ usdPerHour, usdPerHourAtLeast = "0" }: Explanation["runnersUp"][number]): boolean =>
  Number(usdPerHourAtLeast) < Number(usdPerHour) * (1 - closeEnough);
