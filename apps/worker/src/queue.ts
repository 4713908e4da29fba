import { underDatabaseLock } from "@headroom/db";
import PgBoss from "pg-boss";
import type { Logger } from "pino";

type WorkKind = "run" | "job";

/** What a message says: which piece of work waits. The database knows everything else of it. */
export interface Message {
  readonly kind: WorkKind;
  readonly id: string;
}

export interface Queue {
  readonly send: (message: Message) => Promise<void>;
  /** Handles this many messages at once until it is told to stop. */
  readonly receive: (atOnce: number, handle: (message: Message) => Promise<void>) => Promise<void>;
  readonly stopReceiving: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const name = "solves";
const maxConnections = 4;

/** Seconds. The shortest that pg-boss allows. */
const pollingIntervalSeconds = 0.5;

/** Seconds. Longer than any solve may take; what a dead worker held comes back much earlier, when its lease runs out. */
const expireInSeconds = 3600;
const deleteAfterHours = 24;

/**
 * The queue on PostgreSQL. It only carries word that work waits: retries, leases and results are the rows' own, so that
 * a message lost, doubled or late does no harm.
 */
export const openQueue = async (connectionString: string, log: Logger): Promise<Queue> => {
  const boss = new PgBoss({ connectionString, max: maxConnections, application_name: "headroom-queue", schedule: false, deleteAfterHours });
  boss.on("error", (error) => log.warn({ err: error }, "the queue does not answer"));
  // Of two workers that create a queue at once PostgreSQL ends one, for a deadlock.
  await underDatabaseLock(connectionString, "prepare the queue", async () => {
    await boss.start();
    // "short": of one piece of work at most one message waits.
    await boss.createQueue(name, { name, policy: "short", retryLimit: 0, expireInSeconds });
  });
  return {
    send: async (message) => {
      await boss.send(name, message, { singletonKey: message.id });
    },
    receive: async (atOnce, handle) => {
      for (let receiver = 0; receiver < atOnce; receiver++) {
        await boss.work<Message>(name, { batchSize: 1, pollingIntervalSeconds }, async (messages) => {
          for (const { data } of messages) await handle(data);
        });
      }
    },
    stopReceiving: () => boss.offWork(name),
    close: () => boss.stop({ graceful: false, close: true }),
  };
};
