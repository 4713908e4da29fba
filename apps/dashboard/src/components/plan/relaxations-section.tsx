import type { Plan } from "@headroom/core";
import Link from "next/link";
import { Amount } from "@/components/ui/amount.tsx";
import { smallButtonStyle } from "@/components/ui/button-style.ts";
import { type Column, DataTable } from "@/components/ui/data-table.tsx";
import { Section } from "@/components/ui/section.tsx";
import { formatTotal, overHours } from "@/lib/format/money.ts";
import { applyRelaxation, type Relaxation, relaxationInWords, relaxedValue } from "@/lib/plan/apply-relaxation.ts";

const hoursPerMonth = 730;

const columnsFor = (plan: Plan, relaxations: readonly Relaxation[]): readonly Column<Relaxation>[] => [
  {
    title: "Change",
    isRowHeader: true,
    cell: (relaxation) => (
      <>
        <span className="block">{relaxationInWords(relaxation)}</span>
        <span className="block font-normal text-soft">
          {relaxedValue(relaxation, relaxation.to)} instead of {relaxedValue(relaxation, relaxation.from)}
        </span>
      </>
    ),
  },
  {
    title: "Then costs an hour",
    align: "right",
    cell: ({ usdPerHour }) => (usdPerHour === null ? "" : <Amount value={formatTotal(usdPerHour)} unit="USD" />),
  },
  {
    title: "A month",
    align: "right",
    cell: ({ usdPerHour }) => (usdPerHour === null ? "" : <Amount value={formatTotal(overHours(usdPerHour, hoursPerMonth))} unit="USD" />),
  },
  {
    title: "Make the change",
    align: "right",
    cell: (relaxation) =>
      applyRelaxation(plan.request, relaxation) === undefined ? null : (
        <Link href={`/plans/new?from=${plan.id}&relax=${relaxations.indexOf(relaxation)}`} className={smallButtonStyle("secondary")}>
          Plan with this change
        </Link>
      ),
  },
];

/** What would make an impossible request possible, the smallest single changes first. */
export const RelaxationsSection = ({ plan }: { readonly plan: Plan }) => {
  const relaxations = plan.explanation.relaxations ?? [];
  return (
    <Section
      id="relaxations"
      title="What would make it possible"
      about={
        relaxations.length > 0
          ? "Single changes, cheapest first. Each was tried and priced."
          : "No single change of a target, a quota, the spot share or the budget makes it possible. Change the model, its precision or several targets at once."
      }
    >
      {relaxations.length > 0 && (
        <DataTable
          caption="Changes that make a plan possible"
          columns={columnsFor(plan, relaxations)}
          rows={relaxations}
          keyOf={({ change }) => change}
        />
      )}
    </Section>
  );
};
