import type { RejectionDocument } from "@headroom/core";
import { forServices, keyOfRejection, type RejectionTableProps } from "@/components/plan/rejection-columns.tsx";
import { Amount } from "@/components/ui/amount.tsx";
import { type Column, DataTable } from "@/components/ui/data-table.tsx";
import { formatCount, formatGib } from "@/lib/format/quantities.ts";
import { missing, missingInAll } from "@/lib/plan/group-rejections.ts";

const inUnit = ({ code }: RejectionDocument, figure: number | null | undefined) =>
  figure === null || figure === undefined ? (
    ""
  ) : code === "memory" ? (
    <Amount value={formatGib(figure)} unit="GiB" />
  ) : (
    <Amount value={formatCount(figure)} unit="tokens" />
  );

const columns: readonly Column<RejectionDocument>[] = [
  { title: "Needs, each", align: "right", cell: (rejection) => inUnit(rejection, rejection.required) },
  { title: "Has, each", align: "right", cell: (rejection) => inUnit(rejection, rejection.available) },
  {
    title: "Missing, each",
    align: "right",
    cell: (rejection) => <span className="font-medium">{inUnit(rejection, missing(rejection))}</span>,
  },
  { title: "Missing in all", align: "right", cell: (rejection) => <span className="text-soft">{missingInAll(rejection)}</span> },
];

export const TooSmallTable = ({ rejections, services }: RejectionTableProps) => (
  <DataTable
    caption="Accelerators that the model does not fit on, and the memory that is missing"
    columns={[...forServices(services), ...columns]}
    rows={rejections}
    keyOf={keyOfRejection}
  />
);
