import { CronExpressionParser } from "cron-parser";
import { cronInWords } from "./cron-in-words.ts";

export interface SchedulePreview {
  readonly words: string;
  /** Instants; empty where the schedule cannot be read yet. */
  readonly next: readonly string[];
}

const shown = 5;

/** What a cron expression means and when it comes next, before the API is asked to keep it. */
export const previewSchedule = ({ cron, timeZone }: { readonly cron: string; readonly timeZone: string }, now: Date): SchedulePreview => {
  const fields = cron.trim().split(/\s+/).length;
  if (fields !== 5 && fields !== 6) return { words: "Five fields: minute, hour, day, month, weekday", next: [] };
  try {
    const expression = CronExpressionParser.parse(cron.trim(), { tz: timeZone, currentDate: now });
    return { words: cronInWords(cron.trim()), next: expression.take(shown).map((time) => time.toDate().toISOString()) };
  } catch {
    return { words: isTimeZone(timeZone) ? "Cannot be read as a cron expression" : "Not a time zone that is known", next: [] };
  }
};

const isTimeZone = (timeZone: string): boolean => {
  try {
    return new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
};
