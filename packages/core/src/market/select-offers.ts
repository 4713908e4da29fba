import { findAccelerator } from "../hardware/index.ts";
import { type FieldError, nearestNames, type Outcome, refuseAll, succeed } from "../units/index.ts";
import type { Catalog, Offer } from "./catalog.ts";

/** What a caller lets through; an absent list lets everything through. */
export interface OfferFilter {
  readonly providers?: readonly string[] | undefined;
  readonly regions?: readonly string[] | undefined;
  readonly accelerators?: readonly string[] | undefined;
  readonly instanceTypes?: readonly string[] | undefined;
}

/** The offers that pass; a name that the catalog has never heard of is refused, because it is most likely misspelt. */
export const selectOffers = (catalog: Catalog, filter: OfferFilter): Outcome<readonly Offer[]> => {
  const acceleratorIds = (filter.accelerators ?? []).map((name) => findAccelerator(name));
  const errors: FieldError[] = [
    ...unknownNames("/providers", filter.providers, catalog, ({ instanceType }) => instanceType.provider),
    ...unknownNames("/regions", filter.regions, catalog, ({ region }) => region),
    ...unknownNames("/instanceTypes", filter.instanceTypes, catalog, ({ instanceType }) => instanceType.name),
    ...acceleratorIds.flatMap((found, index) =>
      found.ok ? [] : found.errors.map(({ detail }) => ({ pointer: `/accelerators/${index}`, detail })),
    ),
  ];
  if (errors.length > 0) return refuseAll(errors);
  const wanted = new Set(acceleratorIds.flatMap((found) => (found.ok ? [found.value.id] : [])));
  return succeed(
    catalog.offers.filter(
      ({ instanceType, region }) =>
        (filter.providers?.includes(instanceType.provider) ?? true) &&
        (filter.regions?.includes(region) ?? true) &&
        (filter.instanceTypes?.includes(instanceType.name) ?? true) &&
        (wanted.size === 0 || wanted.has(instanceType.accelerator.id)),
    ),
  );
};

/** Names that the catalog has never heard of, with the nearest that it has. */
export const unknownNames = (
  pointer: string,
  wanted: readonly string[] | undefined,
  { offers }: Catalog,
  nameOf: (offer: Offer) => string,
): FieldError[] => {
  if (!wanted) return [];
  const known = new Set(offers.map(nameOf));
  return wanted.flatMap((name, index) => {
    if (known.has(name)) return [];
    const nearest = nearestNames(name, [...known]).join(", ");
    return [{ pointer: `${pointer}/${index}`, detail: `"${name}" is not in this catalog; the nearest are ${nearest}` }];
  });
};
