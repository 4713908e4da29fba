import type { InstanceTypeDocument, OfferDocument } from "@headroom/core";
import { readHosts } from "./host-machine.ts";
import type { RefusedRow, RowNote } from "./import-report.ts";
import { offersOf } from "./offers-of.ts";
import { readListings } from "./read-listings.ts";
import { readTable } from "./read-table.ts";
import { emptyShelf } from "./shelve-listings.ts";

/** The files of one cloud, as text. */
export interface SkyPilotSource {
  readonly cloud: string;
  /** `vms.csv`. */
  readonly machines: string;
  /** `host_vms.csv`: machines whose accelerators are priced apart from them. */
  readonly hosts?: string;
}

export interface CloudImport {
  readonly cloud: string;
  readonly rows: number;
  readonly instanceTypes: readonly InstanceTypeDocument[];
  readonly offers: readonly OfferDocument[];
  readonly refused: readonly RefusedRow[];
  readonly notes: readonly RowNote[];
  /** Machines with known accelerators that the list names without any price, with the reason. */
  readonly unpriced: ReadonlyMap<string, string>;
}

export const importCloud = ({ cloud, machines, hosts = "" }: SkyPilotSource, date: string): CloudImport => {
  const file = `${cloud}/vms.csv`;
  const source = `SkyPilot catalog of ${date}, ${cloud}`;
  const lines = readTable(machines);
  const context = { cloud, source, hosts: readHosts([...readTable(hosts), ...lines]) };
  const shelf = emptyShelf();
  const rows = lines.map(({ line, cells }) => {
    const read = cells.ok ? readListings(cells.value, context) : cells;
    const added = read.ok ? shelf.add(read.value.listings) : read;
    const machine = cells.ok ? cells.value.get("InstanceType") : undefined;
    return { machine, line, notes: read.ok && added.ok ? read.value.notes : [], errors: added.ok ? [] : added.errors.slice(0, 1) };
  });
  const instanceTypes = shelf.instanceTypes();
  const priced = new Set(instanceTypes.map(({ name }) => name));
  return {
    cloud,
    rows: lines.length,
    instanceTypes,
    offers: offersOf(shelf.listings, { source, date }),
    refused: rows.flatMap(({ line, errors }) =>
      errors.map(({ pointer, detail }) => ({ file, line, column: pointer.slice(1), reason: detail })),
    ),
    notes: rows.flatMap(({ line, notes }) => notes.map((note) => ({ file, line, note }))),
    unpriced: new Map(
      rows.flatMap(({ machine = "", errors }) =>
        errors.flatMap(({ pointer, detail }) =>
          pointer === "/Price" && machine !== "" && !priced.has(machine) ? [[machine, detail] as const] : [],
        ),
      ),
    ),
  };
};
