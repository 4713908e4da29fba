import { setMaxListeners } from "node:events";

/** Whether the server is stopping, and what it still does after it has answered. */
export interface Lifecycle {
  readonly stopping: AbortSignal;
  readonly stop: () => void;
  /** Work that no request waits for any more; a stopping server waits for it. */
  readonly inBackground: (work: Promise<void>) => void;
  readonly settled: () => Promise<void>;
}

export const createLifecycle = (): Lifecycle => {
  const stopping = new AbortController();
  // Every request that solves listens to it.
  setMaxListeners(0, stopping.signal);
  const background = new Set<Promise<void>>();
  return {
    stopping: stopping.signal,
    stop: () => stopping.abort(),
    inBackground: (work) => {
      const forget = () => {
        background.delete(work);
      };
      background.add(work);
      work.then(forget, forget);
    },
    settled: async () => {
      await Promise.allSettled(background);
    },
  };
};
