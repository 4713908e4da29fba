const dayMs = 86_400_000;

/** An instant to the minute, in UTC and said so: "2026-07-30 06:00 UTC". */
export const formatInstant = (instant: string): string => `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;

/** The time on the walls of a zone: "Mon 2026-08-03 06:00 UTC+2". */
export const formatInZone = (instant: string, timeZone: string): string => {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZoneName: "shortOffset",
  }).formatToParts(new Date(instant));
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((candidate) => candidate.type === type)?.value ?? "";
  return `${part("weekday")} ${part("year")}-${part("month")}-${part("day")} ${part("hour")}:${part("minute")} ${part("timeZoneName").replace(/^GMT(?:\+0)?/, "UTC")}`;
};

export const daysBetween = (date: string, now: Date): number => Math.max(0, Math.floor((now.getTime() - Date.parse(date)) / dayMs));

export const formatAge = (days: number): string => (days === 0 ? "today" : days === 1 ? "1 day old" : `${days} days old`);

/** Seconds that a run took, where both ends are known. */
export const secondsBetween = (start: string | null, end: string | null): number | undefined =>
  start === null || end === null ? undefined : (Date.parse(end) - Date.parse(start)) / 1000;
