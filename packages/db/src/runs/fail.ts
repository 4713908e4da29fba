import type { Plan, PlanChange } from "@headroom/core";
import { heldBy, type Lease } from "../leases/lease.ts";
import type { Database } from "../open-database.ts";
import { runs } from "../schema/index.ts";

export interface RunFailure {
  readonly error: string;
  /** Why no plan exists, where the solve came that far. */
  readonly resultPlan?: Plan;
  readonly changes?: readonly PlanChange[];
  readonly now: Date;
}

export const failRun = async (db: Database, lease: Lease, { error, resultPlan, changes, now }: RunFailure): Promise<"written" | "lost"> => {
  const written = await db
    .update(runs)
    .set({
      status: "failed",
      error,
      resultPlan: resultPlan ?? null,
      catalogId: resultPlan?.catalog ?? null,
      inputHash: resultPlan?.inputHash ?? null,
      changes: changes ?? null,
      leaseToken: null,
      leaseUntil: null,
      finishedAt: now,
    })
    .where(heldBy(lease))
    .returning({ id: runs.id });
  return written.length === 1 ? "written" : "lost";
};
