import { type Outcome, refuse, succeed } from "@headroom/core";

/** What tells catalogs apart: a document, a read catalog or a stored row will do. */
export interface CatalogHeader {
  readonly id: string;
  readonly asOf: string;
}

/** Which catalog a request asks for. */
export interface CatalogChoice {
  readonly catalog?: string | undefined;
  readonly asOf?: string | undefined;
}

/** The catalog of the id; else the newest on or before `asOf`; else the newest. Of two of one day, the first by id. */
export const chooseCatalog = <C extends CatalogHeader>(known: readonly C[], { catalog, asOf }: CatalogChoice): Outcome<C> => {
  if (catalog !== undefined) {
    const named = known.find(({ id }) => id === catalog);
    if (!named) return refuse("/catalog", `"${catalog}" is not a known catalog; ${knownOnes(known)}`);
    if (asOf === undefined || named.asOf <= asOf) return succeed(named);
    return refuse("/asOf", `${asOf} is before the date of the catalog asked for: ${catalog} is of ${named.asOf}; give one of the two`);
  }
  const [newest] = known.filter((candidate) => asOf === undefined || candidate.asOf <= asOf).toSorted(newestFirst);
  if (newest) return succeed(newest);
  return asOf === undefined
    ? refuse("/catalog", knownOnes(known))
    : refuse("/asOf", `no catalog is as old as ${asOf}; ${knownOnes(known)}`);
};

const newestFirst = (a: CatalogHeader, b: CatalogHeader): number => {
  if (a.asOf !== b.asOf) return a.asOf > b.asOf ? -1 : 1;
  return a.id < b.id ? -1 : 1;
};

const knownOnes = (known: readonly CatalogHeader[]): string => {
  if (known.length === 0) return "no catalog is known";
  const names = known.toSorted(newestFirst).map(({ id, asOf }) => `${id} (of ${asOf})`);
  return `known are ${names.join(", ")}`;
};
