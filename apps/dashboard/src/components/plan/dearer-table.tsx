import type { RejectionDocument } from "@headroom/core";
import { forServices, keyOfRejection, type RejectionTableProps } from "@/components/plan/rejection-columns.tsx";
import { Amount } from "@/components/ui/amount.tsx";
import { type Column, DataTable } from "@/components/ui/data-table.tsx";
import { formatDifference, formatTotal, formatUnitPrice } from "@/lib/format/money.ts";
import { dearerBy, wouldRent } from "@/lib/plan/group-rejections.ts";

const columns: readonly Column<RejectionDocument>[] = [
  {
    title: "Would rent",
    width: "24rem",
    cell: (rejection) => <span className="text-soft">{wouldRent(rejection)}</span>,
  },
  {
    title: "Cost an hour",
    align: "right",
    cell: ({ required }) => (required === null ? "" : <Amount value={formatTotal(String(required))} unit="USD" />),
  },
  {
    title: "More an hour",
    align: "right",
    cell: (rejection) => <Amount value={formatDifference(dearerBy(rejection))} unit="USD" />,
  },
  {
    title: "Would tie at",
    align: "right",
    cell: ({ wouldEnterAtUsdPerInstanceHour: price }) =>
      price === undefined ? "" : <Amount value={formatUnitPrice(price)} unit="USD" per="an instance-hour" />,
  },
];

export const DearerTable = ({ rejections, services }: RejectionTableProps) => (
  <DataTable
    caption="Accelerators that would serve the request for more"
    columns={[...forServices(services), ...columns]}
    rows={rejections}
    keyOf={keyOfRejection}
  />
);
