import cronstrue from "cronstrue";

/** "At 06:00, only on Monday"; the expression itself where it cannot be put in words. */
export const cronInWords = (cron: string): string => {
  try {
    return cronstrue.toString(cron, { use24HourTimeFormat: true });
  } catch {
    return cron;
  }
};
