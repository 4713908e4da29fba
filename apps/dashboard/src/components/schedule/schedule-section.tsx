import type { Answer, Page, RunSummary, ScheduleDocument } from "@headroom/client";
import { RunTable } from "@/components/runs/run-table.tsx";
import { RefreshWhile } from "@/components/schedule/refresh-while.tsx";
import { ScheduleForm } from "@/components/schedule/schedule-form.tsx";
import { SolveAgain } from "@/components/schedule/solve-again.tsx";
import { Notice } from "@/components/ui/notice.tsx";
import { Section } from "@/components/ui/section.tsx";
import { apiClient } from "@/lib/api/api-client.ts";
import { reasonOf } from "@/lib/api/reason-of.ts";
import { isUnderWay } from "@/lib/runs/run-words.ts";
import { previewSchedule } from "@/lib/schedule/preview-schedule.ts";
import { scheduleFields } from "@/lib/schedule/schedule-fields.ts";
import { timeZones } from "@/lib/schedule/time-zones.ts";

const shownRuns = 20;

/** When the plan is solved again on the newest prices, and what came of it so far. */
export const ScheduleSection = async ({ planId }: { readonly planId: string }) => {
  const client = apiClient();
  const [schedule, runs] = await Promise.all([client.getSchedule(planId), client.listRuns(planId, { limit: shownRuns })]);
  const kept = schedule.ok ? schedule.value : undefined;
  const fields = scheduleFields(kept);
  return (
    <Section
      id="schedule"
      title="Schedule"
      about="Prices move. A schedule solves this plan again on the newest catalog and decides: keep what is rented, or switch to what is cheaper."
    >
      {isTrouble(schedule) && <Notice tone="bad">{reasonOf(schedule)}</Notice>}
      <ScheduleForm
        planId={planId}
        kept={fields}
        isKept={kept !== undefined}
        preview={previewSchedule(fields, new Date())}
        zones={timeZones()}
      />
      <Runs planId={planId} runs={runs} />
    </Section>
  );
};

const isTrouble = (schedule: Answer<ScheduleDocument>): schedule is Extract<Answer<ScheduleDocument>, { ok: false }> =>
  !schedule.ok && !(schedule.kind === "problem" && schedule.problem.status === 404);

const Runs = ({ planId, runs }: { readonly planId: string; readonly runs: Answer<Page<RunSummary>> }) => (
  <div className="mt-9" id="runs">
    <div className="flex flex-wrap items-center justify-between gap-3">
      <h3 className="font-medium">Runs</h3>
      <SolveAgain planId={planId} />
    </div>
    <div className="mt-3">{runs.ok ? <RunTable runs={runs.value.items} /> : <Notice tone="bad">{reasonOf(runs)}</Notice>}</div>
    {runs.ok && runs.value.next !== undefined && (
      <p className="mt-2 text-soft text-sm">The last {shownRuns} runs; the API lists the older ones.</p>
    )}
    <RefreshWhile active={runs.ok && runs.value.items.some(isUnderWay)} />
  </div>
);
