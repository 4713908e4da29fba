import { type CatalogDocument, invariant } from "@headroom/core";
import { type CloudImport, importCloud, type SkyPilotSource } from "./import-cloud.ts";
import { countByReason, type ImportReport } from "./import-report.ts";

export interface SkyPilotImport {
  readonly document: CatalogDocument;
  readonly report: ImportReport;
}

/**
 * Reads the lists of a SkyPilot catalog into a catalog of ours. No text makes it throw: every row either stands behind
 * an offer or is in the report with its line and the reason.
 */
export const importSkyPilot = (date: string, sources: readonly SkyPilotSource[]): SkyPilotImport => {
  invariant(new Set(sources.map(({ cloud }) => cloud)).size === sources.length, "each cloud is imported once");
  const clouds = sources.map((source) => importCloud(source, date)).toSorted((a, b) => compareText(a.cloud, b.cloud));
  const refused = clouds.flatMap((cloud) => cloud.refused);
  return {
    document: {
      id: `skypilot-${date}`,
      asOf: date,
      description: `Prices of ${clouds.map(({ cloud }) => cloud).join(", ")}, imported from the SkyPilot catalog of ${date}.`.slice(0, 500),
      instanceTypes: clouds.flatMap((cloud) => cloud.instanceTypes.toSorted((a, b) => compareText(a.name, b.name))),
      offers: clouds.flatMap((cloud) => cloud.offers).toSorted((a, b) => compareText(a.id, b.id)),
      notForSale: clouds.flatMap(notForSaleOf),
    },
    report: {
      clouds: clouds.map(countsOf),
      refused,
      refusedByReason: countByReason(refused),
      notes: clouds.flatMap((cloud) => cloud.notes),
    },
  };
};

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const countsOf = ({ cloud, rows, refused, instanceTypes, offers }: CloudImport) => ({
  cloud,
  rows,
  accepted: rows - refused.length,
  refused: refused.length,
  instanceTypes: instanceTypes.length,
  offers: offers.length,
});

const notForSaleOf = ({ cloud, unpriced }: CloudImport): CatalogDocument["notForSale"] =>
  [...unpriced]
    .map(([name, reason]) => ({ what: `${name} (${cloud})`.slice(0, 200), reason }))
    .toSorted((a, b) => compareText(a.what, b.what));
