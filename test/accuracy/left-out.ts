import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** What a calibration wrote into the head of its table about rows that its fit did not see. */
export const leftOutIn = (table: string, subject = ""): readonly string[] =>
  readFileSync(fileURLToPath(new URL(`../../packages/core/src/${table}`, import.meta.url)), "utf8")
    .split("\n")
    .flatMap((line) => (/^ \* {3}.*left out/.test(line) && line.includes(subject) ? [line.slice(" *   ".length)] : []));
