import { writeFileSync } from "node:fs";
import { readSkyPilotFolder, type SkyPilotImport } from "@headroom/catalog";
import { defineCommand } from "citty";
import { keepCatalog, localCatalogs } from "./local-catalogs.ts";

const importCommand = defineCommand({
  meta: { name: "import", description: "Import a folder of SkyPilot catalog files, <cloud>/vms.csv, as a catalog to plan on" },
  args: {
    folder: { type: "positional", required: true, description: "a folder whose subfolders are clouds" },
    "as-of": { type: "string", description: "the date of the prices; else the folder's own name", valueHint: "2024-06-13" },
    refused: { type: "string", description: "write every refused row and its reason here, as JSON", valueHint: "FILE" },
  },
  run: async ({ args }) => {
    const imported = await readSkyPilotFolder(args.folder, args["as-of"]);
    if (!imported.ok) {
      process.stderr.write(`${imported.errors.map(({ detail }) => detail).join("\n")}\n`);
      process.exitCode = 2;
      return;
    }
    const file = keepCatalog(imported.value.document);
    if (args.refused) writeFileSync(args.refused, JSON.stringify(imported.value.report, undefined, 2));
    process.stdout.write(`${summary(imported.value, file)}\n`);
  },
});

const listCommand = defineCommand({
  meta: { name: "list", description: "The catalogs that can be planned on here" },
  run: () => {
    for (const { id, asOf, offers, description } of localCatalogs())
      process.stdout.write(`${id}  of ${asOf}  ${offers.length} offers  ${description}\n`);
  },
});

export const catalogCommand = defineCommand({
  meta: { name: "catalog", description: "Import and list catalogs of prices" },
  subCommands: { import: importCommand, list: listCommand },
});

const summary = ({ document, report }: SkyPilotImport, file: string): string => {
  const rows = report.clouds.reduce((sum, cloud) => sum + cloud.rows, 0);
  const perCloud = report.clouds.map(
    ({ cloud, rows: all, accepted, offers }) => `  ${cloud}: ${accepted} of ${all} rows, ${offers} offers`,
  );
  const perReason = report.refusedByReason.map(({ reason, rows: count }) => `  ${count} × ${reason}`);
  return [
    `${document.id}: ${document.offers.length} offers of ${document.instanceTypes.length} instance types from ${rows} rows, kept in ${file}`,
    ...perCloud,
    `${report.refused.length} rows refused:`,
    ...perReason,
    `plan on it with "market": { "catalog": "${document.id}" }`,
  ].join("\n");
};
