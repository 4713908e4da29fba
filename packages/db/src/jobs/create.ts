import { randomUUID } from "node:crypto";
import { type RequestKey, takeIdempotencyKey } from "../idempotency-keys/take.ts";
import { type Lease, type LeaseTerms, leaseEnd } from "../leases/lease.ts";
import { newId } from "../new-id.ts";
import type { Database } from "../open-database.ts";
import { type Job, type JobWork, jobs } from "../schema/index.ts";

export interface NewJob {
  readonly work: JobWork;
  readonly key?: RequestKey | undefined;
}

/** Stores work for whichever worker takes it first. The row itself is the promise: it is on no queue yet. */
export const createJob = async (db: Database, job: NewJob): Promise<Job | "key-taken"> => insertJob(db, job, {});

/** Stores work that the caller has begun; its lease keeps workers off until it is done or the caller dies. */
export const createHeldJob = async (db: Database, job: NewJob, terms: LeaseTerms): Promise<{ job: Job; lease: Lease } | "key-taken"> => {
  const token = randomUUID();
  const held = { status: "solving", attempt: 1, leaseToken: token, leaseUntil: leaseEnd(terms), startedAt: terms.now } as const;
  const created = await insertJob(db, job, held);
  return created === "key-taken" ? created : { job: created, lease: { id: created.id, token, attempt: 1 } };
};

const insertJob = (db: Database, { work, key }: NewJob, state: Partial<typeof jobs.$inferInsert>): Promise<Job | "key-taken"> =>
  db.transaction(async (transaction) => {
    const id = newId("job");
    if (key && !(await takeIdempotencyKey(transaction, key, { jobId: id }))) return "key-taken";
    const [job] = await transaction
      .insert(jobs)
      .values({ ...state, ...work, id })
      .returning();
    if (!job) throw new Error("an insert answers its row");
    return job;
  });
