import { type FieldError, type InstanceTypeDocument, type Outcome, refuseAll, succeed } from "@headroom/core";
import { offerId } from "./offers-of.ts";
import type { Listing } from "./read-listings.ts";

export interface Shelf {
  readonly listings: readonly Listing[];
  readonly instanceTypes: () => readonly InstanceTypeDocument[];
  /** Takes the listings of one row that are new; refuses the row where none is. */
  readonly add: (listings: readonly Listing[]) => Outcome<undefined>;
}

/** Gathers one cloud's listings so that every machine in a place stands there once; the first row wins. */
export const emptyShelf = (): Shelf => {
  const places = new Set<string>();
  const instanceTypes = new Map<string, InstanceTypeDocument>();
  const listings: Listing[] = [];
  const put = (listing: Listing): readonly FieldError[] => {
    const { instanceType } = listing;
    const earlier = instanceTypes.get(instanceType.name);
    const place = offerId(listing, "spot");
    const objections = [
      ...nameObjections(listing),
      ...(places.has(place) ? [repeated] : []),
      ...(earlier && !sameChips(earlier, instanceType) ? [contradicted] : []),
    ];
    if (objections.length > 0) return objections;
    places.add(place);
    listings.push(listing);
    if (!earlier) instanceTypes.set(instanceType.name, instanceType);
    return [];
  };
  return {
    listings,
    instanceTypes: () => [...instanceTypes.values()],
    add: (row) => {
      const objections = row.map(put);
      return objections.some((none) => none.length === 0) ? succeed(undefined) : refuseAll(objections[0] ?? []);
    },
  };
};

const repeated: FieldError = { pointer: "", detail: "repeats an earlier row: the same machine in the same place" };

const contradicted: FieldError = { pointer: "/AcceleratorCount", detail: "an earlier row gives this machine other accelerators" };

/** The longest text that a catalog takes for an id. */
const longestId = 200;

const nameObjections = (listing: Listing): readonly FieldError[] => {
  const { instanceType, region, zone = "" } = listing;
  const divided = [instanceType.name, region, zone].some((part) => part.includes("/"));
  const tooLong = offerId(listing, "on-demand").length > longestId;
  return [
    ...(divided ? [{ pointer: "/InstanceType", detail: "a name with a slash, which divides the parts of an offer's id" }] : []),
    ...(tooLong ? [{ pointer: "/InstanceType", detail: `names too long for an offer's id of ${longestId} characters` }] : []),
  ];
};

const sameChips = (a: InstanceTypeDocument, b: InstanceTypeDocument): boolean =>
  a.accelerator === b.accelerator && a.accelerators === b.accelerators;
