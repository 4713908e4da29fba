import { type Outcome, refuse, succeed } from "../units/index.ts";

/** The documents of a result file: one JSON document, a list of them, or one a line. */
export const readResultText = (text: string): Outcome<readonly unknown[]> => {
  const whole = parse(text);
  if (whole.ok) return succeed(Array.isArray(whole.value) ? whole.value : [whole.value]);
  const pieces = text.split(/\r?\n/, mostLines + 1);
  const lines = pieces.filter((line) => line.trim() !== "");
  if (lines.length < 2 || pieces.length > mostLines)
    return refuse("", `is neither JSON nor up to ${mostLines} lines of it: ${whole.detail}`);
  const documents: unknown[] = [];
  for (const line of lines) {
    const document = parse(line);
    if (!document.ok) return refuse("", `is not JSON in line ${documents.length + 1} of those that are not empty: ${document.detail}`);
    documents.push(document.value);
  }
  return succeed(documents);
};

/** More runs than any file is taken with. */
const mostLines = 10_000;

type Parsed = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly detail: string };

const parse = (text: string): Parsed => {
  try {
    return { ok: true, value: JSON.parse(withoutPythonNumbers(text)) };
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
};

/**
 * Python writes numbers that JSON has no words for: an endless rate, and the mean of nothing. Neither is a figure. A text
 * that holds one after a colon or a comma is changed too, and no text that the formats read is prose.
 */
const withoutPythonNumbers = (text: string): string => text.replaceAll(/([:,[]\s*)(?:-?Infinity|NaN)\b/g, "$1null");
