import { claimLease, type Lease, type LeaseTerms } from "../leases/lease.ts";
import type { Database } from "../open-database.ts";
import { type Job, jobs } from "../schema/index.ts";
import { getJob } from "./get.ts";

/** Takes a job to solve it; undefined where it is finished, cancelled, gone, or in somebody's hands. */
export const claimJob = async (db: Database, id: string, terms: LeaseTerms): Promise<{ lease: Lease; job: Job } | undefined> => {
  const lease = await claimLease(db, jobs, id, terms);
  const job = lease && (await getJob(db, id));
  return job && { lease, job };
};
