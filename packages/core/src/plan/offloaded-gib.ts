import type { ServiceNeed } from "../candidates/index.ts";
import type { PricedOffer } from "../market/index.ts";
import { inferenceMemory, offloadedGib } from "../memory/index.ts";
import type { PlanLine } from "./plan-document.ts";
import { siteOfLine } from "./site-of-line.ts";

/** Weights and cache that each accelerator of a line keeps in host memory. */
export const offloadedGibOf = (line: PlanLine, need: ServiceNeed, offer: PricedOffer): number => {
  const { experts, kvCache } = need.engine.hostOffload;
  if (experts === 0 && kvCache === 0) return 0;
  const site = siteOfLine(line, need, offer);
  if (!site.ok) return 0;
  const { replica, accelerator } = site.value;
  const { visibleBytes, family } = accelerator;
  return offloadedGib(inferenceMemory({ ...replica, visibleBytes, family, reserveShare: need.reserve.memoryShare }));
};
