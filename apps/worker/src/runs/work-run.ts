import { invariant, type Plan, readCatalog } from "@headroom/core";
import { type ClaimedRun, claimRun, completeRun, failRun, type Lease, releaseRun, renewRun } from "@headroom/db";
import { decide, withoutCatalog } from "@headroom/solver";
import { workUnderLease } from "../work-under-lease.ts";
import type { WorkerTools } from "../worker-tools.ts";

/** For a run that was asked for by hand on a plan without a schedule. */
const defaultSwitchThresholdShare = 0.05;

/** Solves a plan again on the newest catalog and writes what was decided. Does nothing where the run is in other hands. */
export const workRun = async (tools: WorkerTools, runId: string, stopping: AbortSignal): Promise<void> => {
  const { db, clock, pace } = tools;
  const claimed = await claimRun(db, runId, { now: await clock(db), leaseMs: pace.leaseMs });
  if (!claimed) return;
  const { lease } = claimed;
  await workUnderLease(
    tools,
    {
      lease,
      renew: (terms) => renewRun(db, lease, terms),
      release: () => releaseRun(db, lease),
      fail: (reason) => fail(tools, lease, reason),
      work: (signal) => solveAndDecide(tools, claimed, signal),
    },
    stopping,
  );
};

const fail = async ({ db, clock }: WorkerTools, lease: Lease, error: string): Promise<void> => {
  await failRun(db, lease, { error, now: await clock(db) });
};

const solveAndDecide = async (tools: WorkerTools, claimed: ClaimedRun, signal: AbortSignal): Promise<void> => {
  const { lease, planInForce } = claimed;
  const document = await tools.shelf.choose({});
  if (!document.ok) return fail(tools, lease, "there is no catalog");
  const outcome = await tools.solver.plan(withoutCatalog(planInForce.request), document.value, signal);
  if (!outcome.ok) return fail(tools, lease, outcome.errors.map(({ pointer, detail }) => `${pointer} ${detail}`).join("; "));
  const catalog = readCatalog(document.value);
  invariant(catalog.ok, `the catalog ${document.value.id} reads`);
  const { switchThresholdShare = defaultSwitchThresholdShare } = claimed;
  await write(
    tools,
    lease,
    outcome.value,
    decide({ inForce: planInForce, fresh: outcome.value, catalog: catalog.value, switchThresholdShare }),
  );
};

const write = async ({ db, clock }: WorkerTools, lease: Lease, resultPlan: Plan, verdict: ReturnType<typeof decide>): Promise<void> => {
  const now = await clock(db);
  if (verdict.kind === "no-plan") {
    await failRun(db, lease, { error: verdict.reason, resultPlan, changes: verdict.changes, now });
    return;
  }
  const { kind: decision, ...figures } = verdict;
  await completeRun(db, lease, { decision, resultPlan, ...figures, now });
};
