import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Catalog, invariant, readCatalog } from "@headroom/core";
import { parse } from "csv-parse/sync";
import { expect, it } from "vitest";
import { checkIntegrity } from "../integrity/index.ts";
import type { SkyPilotImport } from "../providers/skypilot/index.ts";
import { readSkyPilotFolder } from "./read-skypilot-folder.ts";

const data = fileURLToPath(new URL("../../../../../shared/data", import.meta.url));
const isAbsent = !existsSync(`${data}/skypilot-catalog`);
const whether = isAbsent ? " (skipped: no ../shared)" : "";

const importSnapshot = async (date: string): Promise<SkyPilotImport> => {
  const imported = await readSkyPilotFolder(`${data}/skypilot-catalog/${date}`);
  invariant(imported.ok, `the snapshot of ${date} imports`);
  return imported.value;
};

const catalogOf = ({ document }: SkyPilotImport): Catalog => {
  const read = readCatalog(document);
  invariant(read.ok, `${document.id} reads`);
  return read.value;
};

/** Rows, accepted rows, instance types, offers. */
const totals: Readonly<Record<string, Readonly<Record<string, readonly [number, number, number, number]>>>> = {
  "2023-07-10": {
    aws: [1466, 781, 25, 1076],
    azure: [262, 108, 17, 216],
    gcp: [577, 317, 36, 489],
    ibm: [27, 27, 1, 9],
    lambda: [169, 117, 9, 117],
    oci: [451, 369, 9, 297],
    scp: [12, 12, 8, 12],
  },
  "2024-02-21": {
    aws: [1498, 869, 29, 1200],
    azure: [269, 114, 19, 228],
    cudo: [69, 30, 20, 30],
    fluidstack: [66, 21, 17, 21],
    gcp: [670, 450, 44, 877],
    ibm: [27, 27, 1, 9],
    lambda: [182, 130, 10, 130],
    oci: [451, 369, 9, 297],
    ovhcloud: [42, 42, 14, 42],
    runpod: [480, 320, 40, 416],
    scaleway: [5, 2, 2, 2],
    scp: [12, 12, 8, 12],
  },
  "2024-06-13": {
    aws: [1630, 1001, 39, 1378],
    azure: [269, 114, 19, 228],
    cudo: [69, 30, 20, 30],
    fluidstack: [25, 10, 10, 10],
    gcp: [655, 477, 45, 923],
    ibm: [27, 27, 1, 9],
    lambda: [182, 130, 10, 130],
    oci: [451, 369, 9, 297],
    ovhcloud: [42, 42, 14, 42],
    paperspace: [10, 10, 10, 10],
    runpod: [480, 320, 40, 416],
    scaleway: [5, 2, 2, 2],
    scp: [12, 12, 8, 12],
  },
};

it.skipIf(isAbsent).each(Object.keys(totals))(`imports the SkyPilot catalog of %s with known totals${whether}`, async (date) => {
  const imported = await importSnapshot(date);
  const { clouds, refused, refusedByReason } = imported.report;
  const counted = clouds.map(({ cloud, rows, accepted, instanceTypes, offers }) => [cloud, [rows, accepted, instanceTypes, offers]]);
  expect(Object.fromEntries(counted)).toEqual(totals[date]);
  for (const { rows, accepted, refused: refusals } of clouds) expect(accepted + refusals).toBe(rows);
  expect(refusedByReason.reduce((sum, { rows }) => sum + rows, 0)).toBe(refused.length);
  expect(refused.every(({ line, reason }) => line > 1 && reason.length > 5)).toBe(true);
  expect(catalogOf(imported).offers).toHaveLength(imported.document.offers.length);
});

it.skipIf(isAbsent)(`tells why rows of 2024-06-13 are refused${whether}`, async () => {
  const { report, document } = await importSnapshot("2024-06-13");
  const sum = (pattern: RegExp) => report.refused.filter(({ reason }) => pattern.test(reason)).length;
  expect({
    unknownAccelerator: sum(/is not a known accelerator/),
    fpga: sum(/FPGA/),
    unknownPrice: sum(/^price 0.0 means unknown$/),
    fraction: sum(/^a fraction of an accelerator/),
    tooLarge: sum(/^more than 1024 accelerators/),
    repeated: sum(/^repeats an earlier row/),
    noHost: sum(/host machine/),
  }).toEqual({ unknownAccelerator: 1181, fpga: 44, unknownPrice: 5, fraction: 21, tooLarge: 30, repeated: 20, noHost: 12 });
  expect(report.refused).toHaveLength(1313);
  expect(document.notForSale.map(({ what }) => what)).toEqual([
    "Standard_NC40ads_H100_v5 (azure)",
    "Standard_NC80adis_H100_v5 (azure)",
    "Standard_ND48s_H100_v5 (azure)",
  ]);
});

it.skipIf(isAbsent).each([
  { cloud: "aws", list: "aws-ondemand/2024-06-03.csv", type: "instance_type", price: "usd_per_hour", compared: 39, most: 1 },
  { cloud: "azure", list: "azure-ondemand/2024-04-23.csv", type: "vm_size", price: "usd_per_hour", compared: 114, most: 1 },
  { cloud: "gcp", list: "gcp/2024-06-13.csv", type: "machine_type", price: "hour", compared: 193, most: 1.015 },
])(
  `agrees with a price list of the days around, local disks apart: $cloud${whether}`,
  async ({ cloud, list, type, price, compared, most }) => {
    const { document } = await importSnapshot("2024-06-13");
    const imported = new Map(document.offers.map(({ id, usdPerInstanceHour }) => [id, Number(usdPerInstanceHour)]));
    const rows: Record<string, string>[] = parse(readFileSync(`${data}/prices/${list}`), { columns: true });
    const ratios = rows.flatMap((row) => {
      const ours = imported.get(`${cloud}/${row.region}/${row[type]}/on-demand`);
      return ours === undefined ? [] : [Number(row[price]) / ours];
    });
    expect(ratios).toHaveLength(compared);
    expect(Math.min(...ratios)).toBeGreaterThan(1 - 1e-5);
    expect(Math.max(...ratios)).toBeLessThan(most + 1e-5);
  },
);

it.skipIf(isAbsent)(`finds the oddities and the moves of the SkyPilot catalogs${whether}`, async () => {
  const [first, second, third] = (await Promise.all(Object.keys(totals).map(importSnapshot))).map(catalogOf);
  invariant(first !== undefined && second !== undefined && third !== undefined, "three snapshots");
  const count = (catalog: Catalog, earlier?: Catalog) => {
    const rules = checkIntegrity(catalog, earlier ? { earlier } : {}).map(({ rule }) => rule);
    return Object.fromEntries([...new Set(rules)].toSorted().map((rule) => [rule, rules.filter((other) => other === rule).length]));
  };
  expect(count(first)).toEqual({ "outlier-price": 94, "spot-above-on-demand": 2 });
  expect(count(second, first)).toEqual({ "outlier-price": 20, "sudden-jump": 302 });
  expect(count(third, second)).toEqual({ "outlier-price": 27, "sudden-jump": 147 });
  const dear = checkIntegrity(third).map(({ offerId }) => offerId.split("/").at(-2));
  expect(new Set(dear)).toEqual(new Set(["g4dn.16xlarge", "g4dn.8xlarge"]));
});
