import { type Accelerator, findAccelerator } from "../hardware/index.ts";
import { parseRequest } from "../request/parse-request.ts";
import type { CapacityType, CommitmentTerm } from "../request/plan-request.ts";
import { type FieldError, type MicroUsd, type Outcome, parseUsd, refuseAll, succeed } from "../units/index.ts";
import {
  type CatalogDocument,
  catalogDocument,
  type InstanceTypeDocument,
  type NetworkKind,
  type OfferDocument,
  type PriceTrust,
} from "./catalog-document.ts";

/** A machine that a provider rents out. */
export interface InstanceType {
  readonly provider: string;
  readonly name: string;
  readonly accelerator: Accelerator;
  readonly accelerators: number;
  readonly hostMemoryGib: number | undefined;
  readonly network: NetworkKind;
  /** Of the whole instance, one direction. */
  readonly networkGbps: number | undefined;
}

/** An instance type in a place, on terms of sale, at a price. */
export interface Offer {
  readonly id: string;
  readonly instanceType: InstanceType;
  readonly region: string;
  readonly zone: string | undefined;
  readonly capacityType: CapacityType;
  readonly term: CommitmentTerm | undefined;
  readonly listPrice: MicroUsd;
  /** Instances that can be had at once; absent: as many as asked for. */
  readonly stock?: number | undefined;
  readonly trust: PriceTrust;
  readonly source: string;
  readonly date: string;
}

export interface Catalog {
  readonly id: string;
  readonly asOf: string;
  readonly offers: readonly Offer[];
  readonly notForSale: CatalogDocument["notForSale"];
}

/**
 * Reads a catalog and holds it to its own rules: known accelerators, positive prices, unique ids, a term exactly on
 * commitments, no price dated after the catalog. Answers every broken rule, not only the first.
 */
export const readCatalog = (input: unknown): Outcome<Catalog> => {
  const parsed = parseRequest(catalogDocument, input);
  if (!parsed.ok) return parsed;
  const document = parsed.value;
  const errors: FieldError[] = [];
  const instanceTypes = new Map<string, InstanceType>();
  document.instanceTypes.forEach((row, index) => {
    const key = keyOf(row.provider, row.name);
    const accelerator = findAccelerator(row.accelerator);
    if (!accelerator.ok)
      errors.push(...accelerator.errors.map(({ detail }) => ({ pointer: `/instanceTypes/${index}/accelerator`, detail })));
    else if (instanceTypes.has(key))
      errors.push({ pointer: `/instanceTypes/${index}/name`, detail: `${row.name} of ${row.provider} stands twice in the catalog` });
    else instanceTypes.set(key, instanceTypeOf(row, accelerator.value));
  });
  const seen = new Set<string>();
  const offers = document.offers.flatMap((row, index) => {
    const instanceType = instanceTypes.get(keyOf(row.provider, row.instanceType));
    const wrong = offerErrors(row, document, instanceType, seen).map((error) => ({
      ...error,
      pointer: `/offers/${index}${error.pointer}`,
    }));
    errors.push(...wrong);
    seen.add(row.id);
    const listPrice = parseUsd(row.usdPerInstanceHour);
    return wrong.length > 0 || !instanceType || listPrice === undefined ? [] : [offerOf(row, instanceType, listPrice)];
  });
  if (errors.length > 0) return refuseAll(errors);
  return succeed({ id: document.id, asOf: document.asOf, offers, notForSale: document.notForSale });
};

const keyOf = (provider: string, name: string): string => `${provider}\n${name}`;

const instanceTypeOf = (row: InstanceTypeDocument, accelerator: Accelerator): InstanceType => ({
  provider: row.provider,
  name: row.name,
  accelerator,
  accelerators: row.accelerators,
  hostMemoryGib: row.hostMemoryGib,
  network: row.network,
  networkGbps: row.networkGbps,
});

const offerErrors = (
  row: OfferDocument,
  { asOf }: CatalogDocument,
  instanceType: InstanceType | undefined,
  seen: ReadonlySet<string>,
): FieldError[] => {
  const rules: readonly (readonly [boolean, string, string])[] = [
    [!instanceType, "/instanceType", `${row.instanceType} of ${row.provider} is not among this catalog's instance types`],
    [seen.has(row.id), "/id", `${row.id} stands twice in the catalog`],
    [parseUsd(row.usdPerInstanceHour) === 0n, "/usdPerInstanceHour", "is 0, which price lists write for unknown: leave the offer out"],
    [(row.capacityType === "reserved") !== (row.term !== undefined), "/term", "belongs to reserved capacity, and to it alone"],
    [row.date > asOf, "/date", `${row.date} is after the catalog's own date, ${asOf}`],
  ];
  return rules.flatMap(([broken, pointer, detail]) => (broken ? [{ pointer, detail }] : []));
};

const offerOf = (row: OfferDocument, instanceType: InstanceType, listPrice: MicroUsd): Offer => ({
  id: row.id,
  instanceType,
  region: row.region,
  zone: row.zone,
  capacityType: row.capacityType,
  term: row.term,
  listPrice,
  ...(row.stock === undefined ? {} : { stock: row.stock }),
  trust: row.trust,
  source: row.source,
  date: row.date,
});
