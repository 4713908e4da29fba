import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { hasSharedData, sharedPath } from "../shared-data.ts";

export type TruthRow = Readonly<Record<string, string>>;

/** The rows of a measurement file beside the repository; none where it is not there. */
export const readTruth = (name: string): readonly TruthRow[] =>
  hasSharedData ? parse(readFileSync(sharedPath(`truth/${name}`), "utf8"), { columns: true, bom: true }) : [];

/** A cell as a number; absent where it is blank or words. */
export const numberIn = (row: TruthRow, column: string): number | undefined => {
  const text = row[column]?.trim() ?? "";
  const value = Number(text);
  return text === "" || !Number.isFinite(value) ? undefined : value;
};

export const textIn = (row: TruthRow, column: string): string => row[column] ?? "";
