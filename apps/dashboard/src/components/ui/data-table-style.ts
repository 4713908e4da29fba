/** How wide the table's place must be for it to be laid out as one. */
export type TableLayout = "few" | "some" | "many";

interface TableStyle {
  readonly table: string;
  readonly columns: string;
  readonly head: string;
  readonly body: string;
  readonly row: string;
  readonly cell: string;
  readonly right: string;
  readonly title: string;
}

/** The more columns, the wider: below that each row is a block. Written out, because the styles are found by reading the code. */
export const tableStyles: Readonly<Record<TableLayout, TableStyle>> = {
  few: {
    table: "@2xl:table",
    columns: "@2xl:table-column-group",
    head: "@2xl:not-sr-only @2xl:table-header-group",
    body: "@2xl:table-row-group",
    row: "@2xl:table-row",
    cell: "@2xl:table-cell @2xl:border-b @2xl:py-2.5 @2xl:pr-6 @2xl:align-top",
    right: "@2xl:whitespace-nowrap @2xl:text-right",
    title: "@2xl:hidden",
  },
  some: {
    table: "@4xl:table",
    columns: "@4xl:table-column-group",
    head: "@4xl:not-sr-only @4xl:table-header-group",
    body: "@4xl:table-row-group",
    row: "@4xl:table-row",
    cell: "@4xl:table-cell @4xl:border-b @4xl:py-2.5 @4xl:pr-6 @4xl:align-top",
    right: "@4xl:whitespace-nowrap @4xl:text-right",
    title: "@4xl:hidden",
  },
  many: {
    table: "@6xl:table",
    columns: "@6xl:table-column-group",
    head: "@6xl:not-sr-only @6xl:table-header-group",
    body: "@6xl:table-row-group",
    row: "@6xl:table-row",
    cell: "@6xl:table-cell @6xl:border-b @6xl:py-2.5 @6xl:pr-6 @6xl:align-top",
    right: "@6xl:whitespace-nowrap @6xl:text-right",
    title: "@6xl:hidden",
  },
};

export const layoutFor = (columns: number): TableLayout => (columns > 6 ? "many" : columns > 4 ? "some" : "few");
