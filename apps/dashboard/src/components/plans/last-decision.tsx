import Link from "next/link";
import { formatInZone } from "@/lib/format/dates.ts";
import type { ListedPlan } from "@/lib/plans/load-plan-list.ts";
import { runInOneWord } from "@/lib/runs/run-words.ts";
import { cronInWords } from "@/lib/schedule/cron-in-words.ts";

export const LastDecision = ({ listed: { summary, lastRun } }: { readonly listed: ListedPlan }) => {
  const { schedule } = summary;
  if (!schedule && !lastRun) return <span className="text-soft">Not scheduled</span>;
  return (
    <span className="block">
      <span className="block">{schedule ? (schedule.enabled ? cronInWords(schedule.cron) : "Switched off") : "Not scheduled"}</span>
      {schedule?.nextRunAt && <span className="block text-soft text-xs">Next {formatInZone(schedule.nextRunAt, schedule.timeZone)}</span>}
      {lastRun && (
        <Link href={`/runs/${lastRun.id}`} className="text-accent text-xs underline-offset-4 hover:underline">
          Last run: {runInOneWord(lastRun)}
        </Link>
      )}
    </span>
  );
};
