import { layoutName, lineMonths, type Plan, type PlanLine, payingLine } from "@headroom/core";
import { PriceOrigin } from "@/components/plan/price-origin.tsx";
import { Amount } from "@/components/ui/amount.tsx";
import { type Column, DataTable } from "@/components/ui/data-table.tsx";
import { formatTotal, formatUnitPrice } from "@/lib/format/money.ts";
import { formatHourlyCount } from "@/lib/format/quantities.ts";
import { acceleratorName } from "@/lib/plan/accelerator-name.ts";
import { boughtAs, thereFor } from "@/lib/plan/offer-words.ts";
import { plannedFor } from "@/lib/plan/planned-for.ts";

const machine: Column<PlanLine> = {
  title: "Machine",
  isRowHeader: true,
  width: "14rem",
  cell: (line) => (
    <>
      <span className="block break-words font-medium font-mono text-[0.8125rem]">{line.instanceType}</span>
      <span className="block font-normal text-soft">
        {line.acceleratorsPerInstance} × {acceleratorName(line.accelerator)}
      </span>
    </>
  ),
};

const replicas = (line: PlanLine): string => {
  if (line.usdPerHourShare !== undefined) return `${line.replicasPerInstance} fill an instance`;
  if (line.instancesPerReplica > 1) return `each over ${line.instancesPerReplica} instances`;
  return line.replicasPerInstance > 1 ? `${line.replicasPerInstance} an instance` : "one an instance";
};

const instances = (line: PlanLine) => {
  const paying = payingLine(line);
  return (
    <>
      {paying === undefined ? (
        <span className="block">{formatHourlyCount(line.instances)}</span>
      ) : (
        <span className="block text-soft">
          on {line.idle ? "idle hours of" : "the instances of"} line {paying + 1}
        </span>
      )}
      {line.active && <span className="block text-soft text-xs">{thereFor(line)}</span>}
    </>
  );
};

const cost = ({ usdPerHour, usdPerHourShare }: PlanLine) => (
  <>
    <span className="block">
      <Amount value={formatTotal(usdPerHour)} unit="USD" />
    </span>
    {usdPerHourShare === undefined ? null : <span className="block text-soft text-xs">{formatTotal(usdPerHourShare)} by use</span>}
  </>
);

const columns: readonly Column<PlanLine>[] = [
  machine,
  {
    title: "Provider and region",
    cell: ({ provider, region }) => (
      <>
        <span className="block">{provider}</span>
        <span className="block text-soft">{region}</span>
      </>
    ),
  },
  { title: "Terms", cell: boughtAs },
  { title: "Instances", align: "right", cell: instances },
  {
    title: "Replicas",
    align: "right",
    cell: (line) => (
      <>
        <span className="block">{formatHourlyCount(line.replicas)}</span>
        <span className="block text-soft text-xs">{replicas(line)}</span>
      </>
    ),
  },
  {
    title: "Layout",
    cell: (line) => (
      <>
        <span className="block whitespace-nowrap">{layoutName(line.layout)}</span>
        <span className="block text-soft text-xs">
          {line.precision.weights} weights, {line.precision.kvCache} KV cache
        </span>
      </>
    ),
  },
  {
    title: "Price an instance-hour",
    align: "right",
    cell: (line) => (
      <>
        <span className="block">
          <Amount value={formatUnitPrice(line.usdPerInstanceHour)} unit="USD" />
        </span>
        <PriceOrigin {...line} />
      </>
    ),
  },
  { title: "Cost an hour", align: "right", cell: cost },
];

const service: Column<PlanLine> = { title: "For", cell: (line) => line.for };

/** Of a staged plan: the months in which a line stands. */
const months = (plan: Plan): Column<PlanLine> => ({
  title: "When",
  cell: (line) => <span className="whitespace-nowrap">{lineMonths(line, plan) ?? (line.training ? "its run" : "throughout")}</span>,
});

const columnsOf = (plan: Plan): readonly Column<PlanLine>[] => [
  machine,
  ...(plannedFor(plan.request).length > 1 ? [service] : []),
  ...(plan.stages ? [months(plan)] : []),
  ...columns.slice(1),
];

export const LineTable = ({ plan }: { readonly plan: Plan }) => (
  <DataTable
    caption="What to rent, line by line"
    columns={columnsOf(plan)}
    rows={plan.lines}
    keyOf={(line) => `${line.for} ${line.offerId} ${plan.lines.indexOf(line)}`}
  />
);
