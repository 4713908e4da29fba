import type { CatalogDocument } from "@headroom/core";

/** A catalog as JSON with one instance type, offer or refusal a line, so that the difference of two snapshots can be read. */
export const renderCatalog = ({ instanceTypes, offers, notForSale, ...head }: CatalogDocument): string => {
  const fields = Object.entries(head).map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  const lists = Object.entries({ instanceTypes, offers, notForSale }).map(
    ([name, rows]) => `  ${JSON.stringify(name)}: [${linesOf(rows)}]`,
  );
  return `{\n${[...fields, ...lists].join(",\n")}\n}\n`;
};

const linesOf = (rows: readonly object[]): string =>
  rows.length === 0 ? "" : `\n${rows.map((row) => `    ${onOneLine(row)}`).join(",\n")}\n  `;

const onOneLine = (row: object): string => JSON.stringify(row, undefined, 1).replaceAll(/\n\s*/g, " ");
