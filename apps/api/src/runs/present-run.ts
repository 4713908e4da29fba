import type { RunDocument, RunSummary } from "@headroom/client";
import { formatUsd, microUsd } from "@headroom/core";
import type { ListedRun, Run } from "@headroom/db";

const money = (amount: bigint | null): string | null => (amount === null ? null : formatUsd(microUsd(amount)));

export const presentRunSummary = (run: ListedRun): RunSummary => ({
  id: run.id,
  planId: run.planId,
  scheduled: run.scheduleId !== null,
  tickAt: run.tickAt.toISOString(),
  status: run.status,
  attempt: run.attempt,
  decision: run.decision,
  resultPlanId: run.resultPlanId,
  catalog: run.catalogId,
  inputHash: run.inputHash,
  usdPerHourBefore: money(run.usdPerHourBeforeMicro),
  usdPerHourAfter: money(run.usdPerHourAfterMicro),
  usdPerHourSaving: money(run.savingMicro),
  changes: [...(run.changes ?? [])],
  error: run.error,
  queuedAt: run.queuedAt.toISOString(),
  startedAt: run.startedAt?.toISOString() ?? null,
  finishedAt: run.finishedAt?.toISOString() ?? null,
});

export const presentRun = (run: Run): RunDocument => ({ ...presentRunSummary(run), resultPlan: run.resultPlan });
