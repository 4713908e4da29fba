import { type Outcome, refuse, succeed } from "@headroom/core";
import { parse } from "csv-parse/sync";

/** A line's cells by column name. What lists write for "nothing" is already gone: such a cell is absent. */
export type Cells = ReadonlyMap<string, string>;

export interface TableLine {
  /** As an editor counts: the header is line 1. */
  readonly line: number;
  readonly cells: Outcome<Cells>;
}

/**
 * Reads comma-separated text with a header, whatever the order of its columns and the style of its line ends.
 * Line by line, so that a broken line costs no other one: these lists never break a quoted cell over two lines.
 */
export const readTable = (text: string): readonly TableLine[] => {
  const [header, ...lines] = text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\n|\r/)
    .map((content, index) => ({ content, line: index + 1 }))
    .filter(({ content }) => content.trim() !== "");
  const columns = splitLine(header?.content ?? "") ?? [];
  return lines.map(({ content, line }) => ({ line, cells: cellsOf(splitLine(content), columns) }));
};

const splitLine = (content: string): readonly string[] | undefined =>
  parse(content, { trim: true, relax_quotes: true, record_delimiter: "\n", skip_records_with_error: true })[0];

const cellsOf = (values: readonly string[] | undefined, columns: readonly string[]): Outcome<Cells> => {
  if (!values) return refuse("", "not a line of comma-separated values: a quote is out of place");
  if (values.length > columns.length) return refuse("", `has ${values.length} cells where the header names ${columns.length}`);
  return succeed(
    new Map(
      values.flatMap((untrimmed, index) => {
        const value = untrimmed.trim();
        const column = columns[index];
        return column === undefined || nothing.has(value.toLowerCase()) ? [] : [[column, value] as const];
      }),
    ),
  );
};

const nothing: ReadonlySet<string> = new Set(["", "nan", "none", "null", "n/a"]);
