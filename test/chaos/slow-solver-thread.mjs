import { setTimeout as sleep } from "node:timers/promises";

/** The real solver thread, slowed down so that something can happen while it solves. */
export const solve = async (task) => {
  await sleep(Number(process.env.HEADROOM_CHAOS_DELAY_MS ?? 0));
  const { solve: solveForReal } = await import(process.env.HEADROOM_CHAOS_SOLVER);
  return solveForReal(task);
};
