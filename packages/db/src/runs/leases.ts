import { type Lease, type LeaseTerms, releaseLease, renewLease } from "../leases/lease.ts";
import { takeDueWork } from "../leases/take-due-work.ts";
import type { Database } from "../open-database.ts";
import { runs } from "../schema/index.ts";

export const renewRun = (db: Database, lease: Lease, terms: LeaseTerms): Promise<boolean> => renewLease(db, runs, lease, terms);
export const releaseRun = (db: Database, lease: Lease): Promise<void> => releaseLease(db, runs, lease);
export const takeDueRuns = (db: Database, now: Date): Promise<string[]> => takeDueWork(db, runs, now);
