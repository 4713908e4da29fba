import { readFileSync } from "node:fs";
import { type Outcome, refuse, succeed } from "@headroom/core";

/** The requests of one call, each as parsed or as the reason why its line is no JSON. */
export interface Requests {
  /** A document has one answer; a batch has one answer a line. */
  readonly form: "document" | "batch";
  readonly requests: readonly Outcome<unknown>[];
}

/** Reads a `.json` document, a `.jsonl` batch, or a batch from standard input (`-`, or nothing where nothing is typed). */
export const readRequests = (file: string | undefined): Requests => {
  if (file !== undefined && file !== "-" && !file.endsWith(".jsonl"))
    return { form: "document", requests: [parse(readFileSync(file, "utf8"))] };
  const text = readFileSync(file === undefined || file === "-" ? 0 : file, "utf8");
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  return { form: "batch", requests: lines.map(parse) };
};

const parse = (text: string): Outcome<unknown> => {
  try {
    return succeed(JSON.parse(text));
  } catch (error) {
    return refuse("", `is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
};
