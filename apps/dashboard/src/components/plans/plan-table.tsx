import Link from "next/link";
import { DeletePlan } from "@/components/plans/delete-plan.tsx";
import { LastDecision } from "@/components/plans/last-decision.tsx";
import { Amount } from "@/components/ui/amount.tsx";
import { type Column, DataTable } from "@/components/ui/data-table.tsx";
import { Instant } from "@/components/ui/instant.tsx";
import { StatusWord } from "@/components/ui/status-word.tsx";
import { formatTotal } from "@/lib/format/money.ts";
import { buysInOneLine } from "@/lib/plan/offer-words.ts";
import type { ListedPlan } from "@/lib/plans/load-plan-list.ts";

const nameOf = ({ summary }: ListedPlan): string => summary.name ?? "Unnamed plan";

const columns: readonly Column<ListedPlan>[] = [
  {
    title: "Plan",
    isRowHeader: true,
    width: "13rem",
    cell: (listed) => (
      <Link href={`/plans/${listed.summary.id}`} className="font-medium text-ink underline-offset-4 hover:text-accent hover:underline">
        {nameOf(listed)}
      </Link>
    ),
  },
  {
    title: "Buys",
    width: "17rem",
    cell: ({ plan }) => <span className="text-soft">{plan ? buysInOneLine(plan) : "Gone meanwhile"}</span>,
  },
  {
    title: "Cost a month",
    align: "right",
    cell: ({ plan }) =>
      plan?.cost ? <Amount value={formatTotal(plan.cost.usdPerMonth)} unit="USD" /> : <span className="text-soft">none</span>,
  },
  { title: "Status", cell: ({ summary }) => <StatusWord status={summary.status} /> },
  { title: "Prices of", cell: ({ summary }) => <span className="whitespace-nowrap">{summary.catalogAsOf}</span> },
  { title: "Created", cell: ({ summary: { createdAt } }) => <Instant at={createdAt} /> },
  { title: "Schedule and last run", width: "10rem", cell: (listed) => <LastDecision listed={listed} /> },
  { title: "Actions", align: "right", cell: (listed) => <DeletePlan id={listed.summary.id} name={nameOf(listed)} /> },
];

export const PlanTable = ({ plans }: { readonly plans: readonly ListedPlan[] }) => (
  <DataTable caption="Stored plans, newest first" columns={columns} rows={plans} keyOf={({ summary }) => summary.id} />
);
