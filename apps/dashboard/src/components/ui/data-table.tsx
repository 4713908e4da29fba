import type { ReactNode } from "react";
import { layoutFor, tableStyles } from "@/components/ui/data-table-style.ts";

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** Figures stand right, words left. */
  readonly align?: "left" | "right";
  /** The cell that names the row. */
  readonly isRowHeader?: boolean;
  /** What it would like to have, as CSS says it. */
  readonly width?: string;
}

interface DataTableProps<Row> {
  /** Read out by screen readers. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
}

/** A table that becomes one block a row where it has no room, each figure beside its column's title. */
export const DataTable = <Row,>({ caption, columns, rows, keyOf }: DataTableProps<Row>) => {
  const style = tableStyles[layoutFor(columns.length)];
  return (
    <div className="@container">
      <table className={`block w-full border-collapse text-sm leading-5 ${style.table}`}>
        <caption className="sr-only">{caption}</caption>
        <colgroup className={`hidden ${style.columns}`}>
          {columns.map(({ title, width }) => (
            <col key={title} style={width ? { width } : undefined} />
          ))}
        </colgroup>
        <thead className={`sr-only ${style.head}`}>
          <tr>
            {columns.map(({ title, align }) => (
              <th
                key={title}
                scope="col"
                className={`border-line border-b pr-6 pb-2 align-bottom font-medium text-soft text-xs leading-4 last:pr-0 ${align === "right" ? "text-right" : "text-left"}`}
              >
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className={`block ${style.body}`}>
          {rows.map((row) => (
            <tr key={keyOf(row)} className={`block border-line border-b py-3 last:border-b-0 ${style.row}`}>
              {columns.map((column) => (
                <Cell key={column.title} column={column} content={column.cell(row)} style={style} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

interface CellProps {
  readonly column: Pick<Column<never>, "title" | "align" | "isRowHeader">;
  readonly content: ReactNode;
  readonly style: (typeof tableStyles)["few"];
}

const Cell = ({ column: { title, align, isRowHeader }, content, style }: CellProps) => {
  const Tag = isRowHeader ? "th" : "td";
  const asBlock = isRowHeader ? "block pb-1 font-medium" : "grid grid-cols-[8.5rem_minmax(0,1fr)] gap-3 py-0.5";
  return (
    <Tag
      scope={isRowHeader ? "row" : undefined}
      className={`${asBlock} border-line text-left last:pr-0! [tr:last-child>&]:border-b-0! ${style.cell} ${align === "right" ? style.right : ""}`}
    >
      {!isRowHeader && (
        <span aria-hidden="true" className={`text-soft ${style.title}`}>
          {title}
        </span>
      )}
      <div className="min-w-0 break-words">{content}</div>
    </Tag>
  );
};
