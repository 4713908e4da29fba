import type { Explanation } from "@headroom/core";

/** Of a plan of which only the cost is asked. */
export const unexplained: Explanation = {
  text: [],
  bindingConstraints: [],
  runnersUp: [],
  rejections: [],
  baselines: { onDemandOnly: null, cheapestSingleType: null, allReserved: null, popularRule: null },
  throughputMayFallBy: null,
};
