import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { type Outcome, refuse, succeed } from "@headroom/core";
import { importSkyPilot, type SkyPilotImport, type SkyPilotSource } from "../providers/skypilot/index.ts";

/** Imports a folder of `<cloud>/vms.csv`. Without `asOf` the folder's own name must be the date: `2024-06-13`. */
export const readSkyPilotFolder = async (folder: string, asOf?: string): Promise<Outcome<SkyPilotImport>> => {
  const date = asOf ?? basename(folder);
  if (!isDate(date)) return refuse("/asOf", `"${date}" is not a date like 2024-06-13: name the folder by its date, or give the date`);
  const entries = await readdir(folder, { withFileTypes: true });
  const clouds = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const sources = (await Promise.all(clouds.toSorted().map((cloud) => readSource(folder, cloud)))).flat();
  if (sources.length === 0) return refuse("/folder", `${folder} holds no <cloud>/vms.csv`);
  return succeed(importSkyPilot(date, sources));
};

const isDate = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

const readSource = async (folder: string, cloud: string): Promise<readonly SkyPilotSource[]> => {
  const machines = await readIfThere(join(folder, cloud, "vms.csv"));
  const hosts = await readIfThere(join(folder, cloud, "host_vms.csv"));
  return machines === undefined ? [] : [{ cloud, machines, ...(hosts === undefined ? {} : { hosts }) }];
};

const readIfThere = async (path: string): Promise<string | undefined> => {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
};
