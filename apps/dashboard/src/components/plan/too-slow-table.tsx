import type { RejectionDocument } from "@headroom/core";
import { forServices, keyOfRejection, type RejectionTableProps } from "@/components/plan/rejection-columns.tsx";
import { type Column, DataTable } from "@/components/ui/data-table.tsx";
import { formatMs } from "@/lib/format/quantities.ts";

const ms = (figure: number | null) => (figure === null ? "" : <span className="whitespace-nowrap">{formatMs(figure)} ms</span>);

const columns: readonly Column<RejectionDocument>[] = [
  { title: "Reaches", align: "right", cell: ({ available }) => <span className="font-medium">{ms(available)}</span> },
  { title: "Target", align: "right", cell: ({ required }) => ms(required) },
  { title: "In words", width: "52%", cell: ({ detail }) => <span className="text-soft">{detail}</span> },
];

export const TooSlowTable = ({ rejections, services }: RejectionTableProps) => (
  <DataTable
    caption="Accelerators that miss a target at their best"
    columns={[...forServices(services), ...columns]}
    rows={rejections}
    keyOf={keyOfRejection}
  />
);
