import { setPriority } from "node:os";
import { isMainThread } from "node:worker_threads";

/** Of Linux, from -20 to 19: a thread at 5 gets a quarter of a core that a thread at 0 wants too, and all of one that nobody wants. */
const niceness = 5;

/**
 * Puts this thread, and no other of its process, behind the threads that answer requests. Only Linux counts niceness by
 * thread; elsewhere it would slow the whole process down.
 */
export const yieldToRequests = (): void => {
  if (process.platform === "linux" && !isMainThread) setPriority(0, niceness);
};
