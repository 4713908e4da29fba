import { setTimeout as sleep } from "node:timers/promises";
import { claimDueTicks, forgetOldIdempotencyKeys, rootCause, takeDueJobs, takeDueRuns } from "@headroom/db";
import type { Message, Queue } from "./queue.ts";
import type { WorkerTools } from "./worker-tools.ts";

/** Workers that started together drift apart. */
const jitterShare = 0.25;
const tidyEveryMs = 3_600_000;

/**
 * Looks again and again, until it is told to stop: schedules that are due become runs, and runs and jobs that wait, or
 * whose worker died, go on the queue. Every worker looks; the database hands each thing to one of them.
 */
export const lookForWork = async (tools: WorkerTools, queue: Pick<Queue, "send">, stopping: AbortSignal): Promise<void> => {
  let tidiedAt = 0;
  while (!stopping.aborted) {
    try {
      const now = await lookOnce(tools, queue);
      if (now.getTime() - tidiedAt > tidyEveryMs) {
        await forgetOldIdempotencyKeys(tools.db, now);
        tidiedAt = now.getTime();
      }
    } catch (error) {
      tools.log.warn({ err: rootCause(error) }, "looked for work in vain");
    }
    const jitter = 1 + jitterShare * (2 * Math.random() - 1);
    await sleep(tools.pace.lookEveryMs * jitter, undefined, { signal: stopping }).catch(() => undefined);
  }
};

const lookOnce = async ({ db, clock }: WorkerTools, queue: Pick<Queue, "send">): Promise<Date> => {
  const now = await clock(db);
  await claimDueTicks(db, now);
  const runs = await takeDueRuns(db, now);
  const jobs = await takeDueJobs(db, now);
  const messages: Message[] = [...runs.map((id) => ({ kind: "run" as const, id })), ...jobs.map((id) => ({ kind: "job" as const, id }))];
  for (const message of messages) await queue.send(message);
  return now;
};
