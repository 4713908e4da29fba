import type { RunSummary } from "@headroom/client";
import Link from "next/link";
import { RunDecision } from "@/components/runs/run-decision.tsx";
import { Amount } from "@/components/ui/amount.tsx";
import { type Column, DataTable } from "@/components/ui/data-table.tsx";
import { formatInstant } from "@/lib/format/dates.ts";
import { formatDifference, formatTotal } from "@/lib/format/money.ts";
import { changesInOneLine } from "@/lib/runs/changes-in-one-line.ts";

const usd = (amount: string | null) =>
  amount === null ? <span className="text-soft">none</span> : <Amount value={formatTotal(amount)} unit="USD" />;

const columns: readonly Column<RunSummary>[] = [
  {
    title: "Tick",
    isRowHeader: true,
    cell: ({ id, tickAt, scheduled }) => (
      <>
        <Link href={`/runs/${id}`} className="whitespace-nowrap font-medium underline-offset-4 hover:text-accent hover:underline">
          {formatInstant(tickAt)}
        </Link>
        <span className="block font-normal text-soft text-xs">{scheduled ? "by schedule" : "by hand"}</span>
      </>
    ),
  },
  { title: "Decision", cell: (run) => <RunDecision run={run} /> },
  { title: "Before, an hour", align: "right", cell: ({ usdPerHourBefore }) => usd(usdPerHourBefore) },
  { title: "After, an hour", align: "right", cell: ({ usdPerHourAfter }) => usd(usdPerHourAfter) },
  {
    title: "Saves an hour",
    align: "right",
    cell: ({ usdPerHourSaving: saving }) =>
      saving === null ? <span className="text-soft">none</span> : <Amount value={formatDifference(saving).replace("+", "")} unit="USD" />,
  },
  { title: "What changed", width: "36%", cell: (run) => <span className="text-soft">{changesInOneLine(run)}</span> },
];

export const RunTable = ({ runs }: { readonly runs: readonly RunSummary[] }) =>
  runs.length === 0 ? (
    <p className="text-soft text-sm">No run yet. Set a schedule, or solve it again now to see what today's prices would change.</p>
  ) : (
    <DataTable caption="Runs, newest first" columns={columns} rows={runs} keyOf={({ id }) => id} />
  );
