import type { RunDocument } from "@headroom/client";
import Link from "next/link";
import { LineTable } from "@/components/plan/line-table.tsx";
import { ChangeTable } from "@/components/runs/change-table.tsx";
import { RunDecision } from "@/components/runs/run-decision.tsx";
import { RunFigures } from "@/components/runs/run-figures.tsx";
import { buttonStyle } from "@/components/ui/button-style.ts";
import { Notice } from "@/components/ui/notice.tsx";
import { Section } from "@/components/ui/section.tsx";
import { WayBack } from "@/components/ui/way-back.tsx";
import { formatInstant, secondsBetween } from "@/lib/format/dates.ts";
import { planSentence } from "@/lib/plan/plan-sentence.ts";
import { groupChanges } from "@/lib/runs/group-changes.ts";
import { isUnderWay } from "@/lib/runs/run-words.ts";

interface RunViewProps {
  readonly run: RunDocument;
  readonly planName: string;
}

export const RunView = ({ run, planName }: RunViewProps) => (
  <>
    <WayBack href={`/plans/${run.planId}#schedule-title`}>{planName}</WayBack>
    <h1 className="mt-1 font-semibold text-2xl tracking-tight">Run of {formatInstant(run.tickAt)}</h1>
    <p className="mt-3 flex flex-wrap items-baseline gap-x-3 text-sm" aria-live="polite">
      <span className="font-medium">
        <RunDecision run={run} />
      </span>
      <span className="text-soft">{runSentence(run)}</span>
    </p>
    {run.error && (
      <div className="mt-5 max-w-[54rem]">
        <Notice tone="bad" title="The run failed">
          {run.error}
        </Notice>
      </div>
    )}
    <RunFigures run={run} />
    <div className="mt-10">
      <ChangesSection run={run} />
      <ResultSection run={run} />
    </div>
  </>
);

const runSentence = (run: RunDocument): string => {
  if (run.status === "queued") return "It waits for a worker.";
  if (run.status === "solving") return "A worker is solving it on the newest catalog.";
  if (run.status === "failed") return "No decision was made; the plan in force stays.";
  const took = secondsBetween(run.startedAt, run.finishedAt);
  const how = `${run.scheduled ? "By schedule" : "Asked for by hand"}${took === undefined ? "" : `, ${took.toFixed(1)} s`}.`;
  return run.decision === "switch" ? `The new plan takes over. ${how}` : `The plan in force stays. ${how}`;
};

const ChangesSection = ({ run }: { readonly run: RunDocument }) => (
  <Section id="changes" title="What changed" about="Between the plan in force and the plan solved again.">
    {run.changes.length === 0 ? (
      <p className="text-soft text-sm">{isUnderWay(run) ? "The run has not ended." : "Nothing: the same machines at the same prices."}</p>
    ) : (
      <div className="space-y-8">
        {groupChanges(run.changes).map((group) => (
          <ChangeTable key={group.kind} group={group} />
        ))}
      </div>
    )}
  </Section>
);

const ResultSection = ({ run: { resultPlan, resultPlanId, decision } }: { readonly run: RunDocument }) =>
  resultPlan && (
    <Section
      id="result"
      title="The plan solved again"
      about={resultPlanId ? undefined : decision === "keep" ? "It was not stored, because the plan in force stays." : "It was not stored."}
    >
      {resultPlan.lines.length > 0 ? <LineTable plan={resultPlan} /> : <p>{planSentence(resultPlan)}</p>}
      {resultPlanId && (
        <div className="mt-5">
          <Link href={`/plans/${resultPlanId}`} className={buttonStyle("primary")}>
            Open the new plan
          </Link>
        </div>
      )}
    </Section>
  );
