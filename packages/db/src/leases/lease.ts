import { randomUUID } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../open-database.ts";
import type { jobs, runs } from "../schema/index.ts";

/** Tables with the lease columns; the state machine stands beside those. */
export type LeasedTable = typeof runs | typeof jobs;

/** The right to write the outcome of a piece of work, until somebody else claims it. */
export interface Lease {
  readonly id: string;
  readonly token: string;
  /** 1 for the first claim. */
  readonly attempt: number;
}

export interface LeaseTerms {
  readonly now: Date;
  readonly leaseMs: number;
}

/** A date in hand-written SQL: the driver passes parameters on as they are. */
export const instantParameter = (instant: Date): SQL => sql`${instant.toISOString()}::timestamptz`;

export const leaseEnd = ({ now, leaseMs }: LeaseTerms): Date => new Date(now.getTime() + leaseMs);

/** Undefined where the work is finished, unknown, or held by a lease that still runs. */
export const claimLease = async (db: Database, table: LeasedTable, id: string, terms: LeaseTerms): Promise<Lease | undefined> => {
  const token = randomUUID();
  const now = instantParameter(terms.now);
  const [claimed] = await db.execute<{ attempt: number }>(sql`
    update ${table} set
      status = 'solving', attempt = attempt + 1, lease_token = ${token}, lease_until = ${instantParameter(leaseEnd(terms))},
      started_at = coalesce(started_at, ${now})
    where id = ${id} and (status = 'queued' or (status = 'solving' and lease_until < ${now}))
    returning attempt`);
  return claimed && { id, token, attempt: claimed.attempt };
};

/** False where the lease was lost: whoever held it must stop and write nothing. */
export const renewLease = async (db: Database, table: LeasedTable, lease: Lease, terms: LeaseTerms): Promise<boolean> => {
  const renewed = await db.execute(sql`
    update ${table} set lease_until = ${instantParameter(leaseEnd(terms))} where ${heldBy(lease)} returning id`);
  return renewed.length === 1;
};

/** Gives unfinished work back at once, without counting the attempt. */
export const releaseLease = async (db: Database, table: LeasedTable, lease: Lease): Promise<void> => {
  await db.execute(sql`
    update ${table} set status = 'queued', attempt = attempt - 1, lease_token = null, lease_until = null, relayed_at = null
    where ${heldBy(lease)}`);
};

/** The condition under which a holder may still write. */
export const heldBy = ({ id, token }: Lease): SQL => sql`id = ${id} and status = 'solving' and lease_token = ${token}`;
