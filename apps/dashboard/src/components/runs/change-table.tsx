import type { PlanChange } from "@headroom/core";
import { type Column, DataTable } from "@/components/ui/data-table.tsx";
import { formatUnitPrice } from "@/lib/format/money.ts";
import { formatCount } from "@/lib/format/quantities.ts";
import type { ChangeGroup } from "@/lib/runs/group-changes.ts";

/** Instances are numbers, prices are decimal strings. */
const figure = (value: number | string | undefined) => {
  if (value === undefined) return <span className="text-soft">none</span>;
  return typeof value === "number" ? (
    <>
      {formatCount(value)} <span className="text-soft">instances</span>
    </>
  ) : (
    <>
      {formatUnitPrice(value)} <span className="text-soft">USD an instance-hour</span>
    </>
  );
};

const inWords: Column<PlanChange> = {
  title: "Change",
  isRowHeader: true,
  width: "50%",
  cell: ({ detail }) => <span className="font-normal">{detail}</span>,
};

const offer: Column<PlanChange> = {
  title: "Offer",
  cell: ({ offerId, for: service }) => (
    <>
      {service && <span className="block">{service}</span>}
      <span className="block break-words text-soft text-xs">{offerId ?? ""}</span>
    </>
  ),
};

const columnsFor = (changes: readonly PlanChange[]): readonly Column<PlanChange>[] => [
  inWords,
  ...(changes.some(({ offerId }) => offerId !== undefined) ? [offer] : []),
  ...(changes.some(({ before, after }) => before !== undefined || after !== undefined)
    ? [
        { title: "Before", align: "right" as const, cell: ({ before }: PlanChange) => figure(before) },
        { title: "After", align: "right" as const, cell: ({ after }: PlanChange) => figure(after) },
      ]
    : []),
];

export const ChangeTable = ({ group: { title, changes } }: { readonly group: ChangeGroup }) => (
  <div>
    <h3 className="mb-3 font-medium text-sm">
      {title} <span className="font-normal text-soft">{changes.length}</span>
    </h3>
    <DataTable
      caption={title}
      columns={columnsFor(changes)}
      rows={changes}
      keyOf={({ kind, detail, offerId = "" }) => `${kind} ${offerId} ${detail}`}
    />
  </div>
);
