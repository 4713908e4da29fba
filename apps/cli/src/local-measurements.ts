import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { invariant, type Measurement, measurement, measurementId } from "@headroom/core";
import { dataFolder } from "./data-folder.ts";

const measurementsFile = (): string => join(dataFolder(), "measurements.json");

/** What was measured and imported on this machine, the last first. */
export const localMeasurements = (): Measurement[] => {
  const file = measurementsFile();
  const kept: unknown = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
  invariant(Array.isArray(kept), `${file} is a list of measurements`);
  return kept.map((run) => measurement.parse(run));
};

/** Keeps runs for later calls, each once, and answers how many of them were new. */
export const keepMeasurements = (runs: readonly Measurement[]): number => {
  const present = localMeasurements();
  const known = new Set(present.map(measurementId));
  const fresh = new Map(runs.map((run) => [measurementId(run), run] as const).filter(([id]) => !known.has(id)));
  write([...[...fresh.values()].toReversed(), ...present]);
  return fresh.size;
};

/** False where there is none. */
export const forgetMeasurement = (id: string): boolean => {
  const present = localMeasurements();
  const rest = present.filter((run) => measurementId(run) !== id);
  if (rest.length === present.length) return false;
  write(rest);
  return true;
};

const write = (runs: readonly Measurement[]): void => {
  mkdirSync(dataFolder(), { recursive: true });
  writeFileSync(measurementsFile(), JSON.stringify(runs));
};
