import type { MicroUsd, Plan, PlanChange } from "@headroom/core";
import { eq } from "drizzle-orm";
import { heldBy, type Lease } from "../leases/lease.ts";
import type { Database } from "../open-database.ts";
import { insertPlan } from "../plans/create.ts";
import { type Decision, runs } from "../schema/index.ts";

export interface RunOutcome {
  readonly decision: Decision;
  readonly resultPlan: Plan;
  /** What the plan in force costs now; undefined where one of its offers is gone. */
  readonly usdPerHourBefore: MicroUsd | undefined;
  readonly usdPerHourAfter: MicroUsd | undefined;
  readonly saving: MicroUsd | undefined;
  readonly changes: readonly PlanChange[];
  readonly now: Date;
}

/**
 * Writes a run's decision, and on a switch the new plan beside it, in one transaction. "lost" where the lease went to
 * somebody else in the meantime: then nothing is written.
 */
export const completeRun = (db: Database, lease: Lease, outcome: RunOutcome): Promise<"written" | "lost"> =>
  db.transaction(async (transaction) => {
    const { decision, resultPlan, changes, now } = outcome;
    const written = await transaction
      .update(runs)
      .set({
        status: "done",
        decision,
        resultPlan,
        catalogId: resultPlan.catalog,
        inputHash: resultPlan.inputHash,
        usdPerHourBeforeMicro: outcome.usdPerHourBefore ?? null,
        usdPerHourAfterMicro: outcome.usdPerHourAfter ?? null,
        savingMicro: outcome.saving ?? null,
        changes,
        leaseToken: null,
        leaseUntil: null,
        finishedAt: now,
      })
      .where(heldBy(lease))
      .returning({ id: runs.id });
    if (written.length === 0) return "lost";
    if (decision === "switch") await linkResult(transaction, lease.id, resultPlan);
    return "written";
  });

const linkResult = async (db: Database, runId: string, plan: Plan): Promise<void> => {
  await insertPlan(db, plan);
  await db.update(runs).set({ resultPlanId: plan.id }).where(eq(runs.id, runId));
};
