import type { Plan } from "@headroom/core";
import { and, desc, eq } from "drizzle-orm";
import { claimLease, type Lease, type LeaseTerms } from "../leases/lease.ts";
import type { Database } from "../open-database.ts";
import { plans, runs, schedules } from "../schema/index.ts";

export interface ClaimedRun {
  readonly lease: Lease;
  readonly planId: string;
  /** The last result that a run switched to, or else the plan itself. */
  readonly planInForce: Plan;
  /** Undefined where the plan has no schedule any more. */
  readonly switchThresholdShare: number | undefined;
}

/** Takes a run to solve it; undefined where it is finished, gone, or in somebody's hands. */
export const claimRun = async (db: Database, id: string, terms: LeaseTerms): Promise<ClaimedRun | undefined> => {
  const lease = await claimLease(db, runs, id, terms);
  if (!lease) return undefined;
  const [row] = await db
    .select({ planId: runs.planId, plan: plans.plan, switchThresholdShare: schedules.switchThresholdShare })
    .from(runs)
    .innerJoin(plans, eq(plans.id, runs.planId))
    .leftJoin(schedules, eq(schedules.planId, runs.planId))
    .where(eq(runs.id, id));
  if (!row) return undefined;
  const { planId, plan, switchThresholdShare } = row;
  const planInForce = (await lastSwitch(db, planId)) ?? plan;
  return { lease, planId, planInForce, switchThresholdShare: switchThresholdShare ?? undefined };
};

const lastSwitch = async (db: Database, planId: string): Promise<Plan | undefined> => {
  const [row] = await db
    .select({ plan: runs.resultPlan })
    .from(runs)
    .where(and(eq(runs.planId, planId), eq(runs.status, "done"), eq(runs.decision, "switch")))
    .orderBy(desc(runs.finishedAt), desc(runs.id))
    .limit(1);
  return row?.plan ?? undefined;
};
