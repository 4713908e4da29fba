import type { Plan } from "@headroom/core";
import { ComparisonBar } from "@/components/charts/comparison-bar.tsx";
import { Amount } from "@/components/ui/amount.tsx";
import { type Column, DataTable } from "@/components/ui/data-table.tsx";
import { Section } from "@/components/ui/section.tsx";
import { forChart, formatDifference, formatTotal, subtract } from "@/lib/format/money.ts";
import { formatPercent } from "@/lib/format/quantities.ts";
import { type ComparisonRow, comparisonRows } from "@/lib/plan/comparison-rows.ts";

const columnsFor = (reference: string, most: number): readonly Column<ComparisonRow>[] => [
  {
    title: "Way to buy",
    isRowHeader: true,
    width: "20rem",
    cell: ({ label, meaning, isThisPlan }) => (
      <>
        <span className={isThisPlan ? "block font-medium" : "block font-normal"}>{label}</span>
        {meaning && <span className="block font-normal text-soft text-xs">{meaning}</span>}
      </>
    ),
  },
  {
    title: "Drawn to scale",
    width: "34%",
    cell: ({ usdPerHour, isThisPlan }) =>
      usdPerHour === undefined ? (
        <span className="text-soft">none found</span>
      ) : (
        <ComparisonBar value={forChart(usdPerHour)} reference={forChart(reference)} most={most} isReference={isThisPlan === true} />
      ),
  },
  {
    title: "Cost an hour",
    align: "right",
    cell: ({ usdPerHour }) => (usdPerHour === undefined ? <None /> : <Amount value={formatTotal(usdPerHour)} unit="USD" />),
  },
  {
    title: "Against this plan",
    align: "right",
    cell: ({ usdPerHour, isThisPlan }) =>
      usdPerHour === undefined || isThisPlan ? <None /> : <Difference amount={usdPerHour} reference={reference} />,
  },
];

const None = () => <span className="text-soft">none</span>;

const Difference = ({ amount, reference }: { readonly amount: string; readonly reference: string }) => {
  const share = forChart(amount) / forChart(reference) - 1;
  return (
    <>
      <Amount value={formatDifference(subtract(amount, reference))} unit="USD" />
      <span className="ml-2 inline-block w-14 text-soft">{formatPercent(share)}</span>
    </>
  );
};

export const ComparisonSection = ({ plan }: { readonly plan: Plan }) => {
  if (!plan.cost) return null;
  const rows = comparisonRows(plan);
  const most = Math.max(...rows.map(({ usdPerHour }) => (usdPerHour === undefined ? 0 : forChart(usdPerHour))));
  return (
    <Section
      id="comparison"
      title="Compared with other ways to buy"
      about="Simpler rules on the same machines, and the best plans without one thing that this plan uses. The dashed mark is this plan."
    >
      <DataTable
        caption="Cost an hour of this plan and of other ways to buy"
        columns={columnsFor(plan.cost.usdPerHour, most)}
        rows={rows}
        keyOf={({ label }) => label}
      />
    </Section>
  );
};
