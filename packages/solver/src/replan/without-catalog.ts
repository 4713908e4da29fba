import type { PlanRequest } from "@headroom/core";

/** The same request on whatever catalog is newest: what it once asked for by name or date no longer counts. */
export const withoutCatalog = ({ market, ...request }: PlanRequest): PlanRequest => {
  if (!market) return request;
  const { catalog: _catalog, asOf: _asOf, ...rest } = market;
  return { ...request, market: rest };
};
