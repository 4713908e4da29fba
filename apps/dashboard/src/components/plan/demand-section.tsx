import type { Plan } from "@headroom/core";
import { BulletChart } from "@/components/charts/bullet-chart.tsx";
import { type Column, DataTable } from "@/components/ui/data-table.tsx";
import { Section } from "@/components/ui/section.tsx";
import { formatPercent, formatRate } from "@/lib/format/quantities.ts";
import { type DemandRow, demandRows } from "@/lib/plan/demand-rows.ts";

const perSecond = (rate: number) => (
  <span className="whitespace-nowrap">
    {formatRate(rate)} <span className="text-soft">requests/s</span>
  </span>
);

const columns: readonly Column<DemandRow>[] = [
  {
    title: "Service and traffic class",
    isRowHeader: true,
    cell: ({ service, trafficClass }) => (
      <span className="font-normal">
        {service} <span className="text-soft">{trafficClass}</span>
      </span>
    ),
  },
  { title: "Required", align: "right", cell: ({ required }) => perSecond(required) },
  { title: "Provided", align: "right", cell: ({ provided }) => perSecond(provided) },
  { title: "To spare", align: "right", cell: ({ required, provided }) => formatPercent(provided / required - 1) },
  {
    title: "Required (mark) of provided (bar)",
    width: "18rem",
    cell: ({ service, trafficClass, required, provided }) => (
      <BulletChart
        label={`${service} ${trafficClass}: ${formatRate(required)} required, ${formatRate(provided)} provided, requests per second`}
        value={provided}
        target={required}
      />
    ),
  },
];

export const DemandSection = ({ plan }: { readonly plan: Plan }) => {
  const { throughputMayFallBy } = plan.explanation;
  return plan.demandMet.length === 0 ? null : (
    <Section
      id="demand"
      title="Demand and how wrong the estimate may be"
      about={
        throughputMayFallBy === null
          ? undefined
          : `Every throughput may turn out ${formatPercent(throughputMayFallBy)} below the estimate before a target is missed or a request waits.`
      }
    >
      <DataTable
        caption="Demand required and provided"
        columns={columns}
        rows={demandRows(plan)}
        keyOf={({ service, trafficClass }) => `${service} ${trafficClass}`}
      />
    </Section>
  );
};
