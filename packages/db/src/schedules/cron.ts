import { type FieldError, type Outcome, refuseAll, succeed } from "@headroom/core";
import { type CronExpression, CronExpressionParser } from "cron-parser";

/** When to solve again: a cron expression of five fields, or six with seconds first, in an IANA time zone. */
export interface Cron {
  readonly cron: string;
  readonly timeZone: string;
}

export interface CronRules {
  /** Two fire times must be at least this far apart. */
  readonly leastSecondsApart: number;
}

const allowed = /^[\d\sA-GI-Za-gi-z*,/\-#?]+$/;
const probed = 10;

/**
 * Refuses what cron-parser would read generously: missing fields, which it fills in, and H, which it draws by lot.
 */
export const checkCron = ({ cron, timeZone }: Cron, now: Date, { leastSecondsApart }: CronRules): Outcome<Cron> => {
  const errors = [...cronErrors(cron), ...timeZoneErrors(timeZone)];
  if (errors.length > 0) return refuseAll(errors);
  const times = fireTimes({ cron, timeZone }, now, probed);
  if (times.length === 0) return refuseAll([{ pointer: "/cron", detail: "never comes" }]);
  const closest = Math.min(...times.slice(1).map((time, index) => (time.getTime() - (times[index]?.getTime() ?? 0)) / 1000));
  return closest < leastSecondsApart
    ? refuseAll([{ pointer: "/cron", detail: `comes every ${closest} s, and ${leastSecondsApart} s is the least` }])
    : succeed({ cron, timeZone });
};

const cronErrors = (cron: string): FieldError[] => {
  const fields = cron.trim().split(/\s+/).length;
  if (!allowed.test(cron) || (fields !== 5 && fields !== 6)) {
    return [{ pointer: "/cron", detail: 'must have five fields, minute hour day month weekday: "0 6 * * MON"' }];
  }
  try {
    CronExpressionParser.parse(cron, { tz: "UTC" });
    return [];
  } catch (error) {
    return [{ pointer: "/cron", detail: error instanceof Error ? error.message : "cannot be read" }];
  }
};

const timeZoneErrors = (timeZone: string): FieldError[] => {
  const wrong = [{ pointer: "/timeZone", detail: 'must be a name of the IANA time zone database: "Europe/Berlin"' }];
  if (!/^[A-Za-z][\w+\-/]*$/.test(timeZone)) return wrong;
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    return [];
  } catch {
    return wrong;
  }
};

/**
 * The next fire times after an instant, fewer where the expression ends.
 *
 * Daylight saving is cron-parser's: a time that a whole-hour gap swallows comes an hour later by the wall (02:30 in New
 * York on the day of the change at 03:30), a time that occurs twice comes at its first, and steps of an hour come in
 * every hour that passes. A time inside Lord Howe's half-hour gap does not come on that day.
 */
export const fireTimes = ({ cron, timeZone }: Cron, after: Date, count: number): Date[] => {
  const expression = CronExpressionParser.parse(cron, { tz: timeZone, currentDate: after });
  const times: Date[] = [];
  while (times.length < count) {
    const next = nextOf(expression);
    if (next === undefined) break;
    times.push(next);
  }
  return times;
};

const lookBacksMs = [1, 24, 24 * 40, 24 * 366, 24 * 366 * 9].map((hours) => hours * 3_600_000);

/**
 * The last fire time up to `until`, given that `known` is one. Walks forward from ever further back, because
 * cron-parser's own backward walk finds other times around a change of the clocks than its forward walk.
 */
export const latestFireTime = ({ cron, timeZone }: Cron, known: Date, until: Date): Date => {
  for (const lookBackMs of lookBacksMs) {
    const from = Math.max(known.getTime(), until.getTime() - lookBackMs);
    const expression = CronExpressionParser.parse(cron, { tz: timeZone, currentDate: new Date(from) });
    let latest: Date | undefined;
    for (let next = nextOf(expression); next !== undefined && next <= until; next = nextOf(expression)) latest = next;
    if (latest) return latest;
    if (from === known.getTime()) break;
  }
  return known;
};

const nextOf = (expression: CronExpression): Date | undefined => {
  try {
    return expression.next().toDate();
  } catch {
    return undefined;
  }
};
