import type { CatalogShelf, Clock, Database } from "@headroom/db";
import type { SolverThreads } from "@headroom/solver/threads";
import type { Logger } from "pino";

/** What every piece of work is done with. */
export interface WorkerTools {
  readonly db: Database;
  readonly clock: Clock;
  readonly shelf: CatalogShelf;
  readonly solver: Pick<SolverThreads, "plan" | "frontier" | "scenarios">;
  readonly log: Logger;
  readonly pace: Pace;
}

/** Milliseconds. */
export interface Pace {
  /** Between two looks at schedules and unfinished work. */
  readonly lookEveryMs: number;
  /** How long work stays a worker's own without a sign of life. */
  readonly leaseMs: number;
  /** A stopping worker lets its solves go on for this long before it hands them back. */
  readonly drainMs: number;
}

/** Work whose workers died this often is given up: it may be what kills them. */
export const mostAttempts = 3;
