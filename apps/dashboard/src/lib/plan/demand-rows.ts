import type { Plan } from "@headroom/core";

export interface DemandRow {
  readonly service: string;
  readonly trafficClass: string;
  readonly required: number;
  readonly provided: number;
}

/** What each traffic class asks for and what the plan provides, in its tightest hour. */
export const demandRows = ({ demandMet }: Plan): DemandRow[] => {
  const tightest = new Map<string, DemandRow>();
  for (const { service, class: trafficClass, requiredRequestsPerSecond: required, providedRequestsPerSecond: provided } of demandMet) {
    const key = JSON.stringify([service, trafficClass]);
    const known = tightest.get(key);
    if (!known || provided - required < known.provided - known.required) tightest.set(key, { service, trafficClass, required, provided });
  }
  return [...tightest.values()];
};
