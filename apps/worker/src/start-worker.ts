import { randomUUID } from "node:crypto";
import { setMaxListeners } from "node:events";
import type { CatalogDocument } from "@headroom/core";
import { type Clock, catalogShelf, databaseTime, openDatabase } from "@headroom/db";
import type { Logger } from "pino";
import { workJob } from "./jobs/work-job.ts";
import { lookForWork } from "./look-for-work.ts";
import { type Message, openQueue } from "./queue.ts";
import { workRun } from "./runs/work-run.ts";
import type { Pace, WorkerTools } from "./worker-tools.ts";

export interface WorkerOptions {
  readonly databaseUrl: string;
  readonly solver: WorkerTools["solver"];
  readonly solvesAtOnce: number;
  readonly bundledCatalogs: readonly CatalogDocument[];
  readonly log: Logger;
  readonly pace: Pace;
  /** Absent: the database's. */
  readonly clock?: Clock;
}

export interface Worker {
  readonly id: string;
  /** Takes nothing new, lets what runs finish within the drain time or hands it back, and closes. */
  readonly stop: () => Promise<void>;
}

const maxConnections = 6;

/** Starts a worker; any number of them share one migrated database. */
export const startWorker = async (options: WorkerOptions): Promise<Worker> => {
  const { databaseUrl, solver, solvesAtOnce, bundledCatalogs, pace, clock = databaseTime } = options;
  const id = randomUUID().slice(0, 8);
  const log = options.log.child({ worker: id });
  const database = openDatabase({ url: databaseUrl, maxConnections });
  const queue = await openQueue(databaseUrl, log);
  const tools: WorkerTools = { db: database.db, clock, shelf: catalogShelf(database.db, bundledCatalogs), solver, log, pace };
  const looking = new AbortController();
  const solving = new AbortController();
  setMaxListeners(0, solving.signal);
  const inHand = new Set<Promise<void>>();
  const handle = (message: Message): Promise<void> => track(inHand, workOn(tools, message, solving.signal));
  await queue.receive(solvesAtOnce, handle);
  const looked = lookForWork(tools, queue, looking.signal);

  const stop = async (): Promise<void> => {
    looking.abort();
    await queue.stopReceiving();
    await looked;
    const timer = setTimeout(() => solving.abort(), pace.drainMs);
    await Promise.allSettled(inHand);
    clearTimeout(timer);
    await queue.close();
    await database.close();
  };
  return { id, stop };
};

/** Work that breaks where it could not even be written down is left to its lease. */
const workOn = async (tools: WorkerTools, { kind, id }: Message, stopping: AbortSignal): Promise<void> => {
  if (kind === "run") await workRun(tools, id, stopping);
  else await workJob(tools, id, stopping);
};

const track = async (inHand: Set<Promise<void>>, work: Promise<void>): Promise<void> => {
  inHand.add(work);
  try {
    await work;
  } finally {
    inHand.delete(work);
  }
};
