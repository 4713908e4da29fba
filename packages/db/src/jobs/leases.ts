import { type Lease, type LeaseTerms, releaseLease, renewLease } from "../leases/lease.ts";
import { takeDueWork } from "../leases/take-due-work.ts";
import type { Database } from "../open-database.ts";
import { jobs } from "../schema/index.ts";

export const renewJob = (db: Database, lease: Lease, terms: LeaseTerms): Promise<boolean> => renewLease(db, jobs, lease, terms);
export const releaseJob = (db: Database, lease: Lease): Promise<void> => releaseLease(db, jobs, lease);
export const takeDueJobs = (db: Database, now: Date): Promise<string[]> => takeDueWork(db, jobs, now);
