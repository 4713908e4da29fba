/** Too many solves run and wait already. */
export class SlotsFull extends Error {
  override readonly name = "SlotsFull";
}

/** Whoever waited for a slot gave up. */
export class WaitAborted extends Error {
  override readonly name = "WaitAborted";
}

export interface SolveSlots {
  /** Runs the work as soon as a slot is free; rejects with SlotsFull at once, or with WaitAborted when the signal aborts first. */
  readonly run: <T>(signal: AbortSignal, work: () => Promise<T>) => Promise<T>;
  readonly counts: () => { running: number; waiting: number };
}

export interface SlotLimits {
  readonly running: number;
  readonly waiting: number;
}

/** Lets so many solves run at once and so many wait, first come, first served. */
export const solveSlots = (limits: SlotLimits): SolveSlots => {
  let running = 0;
  const waiting = new Set<() => void>();

  const enter = async (signal: AbortSignal): Promise<void> => {
    if (signal.aborted) throw new WaitAborted();
    if (running < limits.running) {
      running++;
      return;
    }
    if (waiting.size >= limits.waiting) throw new SlotsFull(`${running} solves run and ${waiting.size} wait`);
    await new Promise<void>((resolve, reject) => {
      const takeSlot = () => {
        signal.removeEventListener("abort", giveUp);
        resolve();
      };
      const giveUp = () => {
        waiting.delete(takeSlot);
        reject(new WaitAborted());
      };
      signal.addEventListener("abort", giveUp, { once: true });
      waiting.add(takeSlot);
    });
  };

  /** Hands the slot to whoever waits longest, or frees it. */
  const leave = (): void => {
    const [next] = waiting;
    if (!next) running--;
    else {
      waiting.delete(next);
      next();
    }
  };

  return {
    run: async (signal, work) => {
      await enter(signal);
      try {
        return await work();
      } finally {
        leave();
      }
    },
    counts: () => ({ running, waiting: waiting.size }),
  };
};
