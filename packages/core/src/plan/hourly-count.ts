import { hoursPerWeek } from "../units/index.ts";
import type { HourlyCount } from "./plan-document.ts";

/** How many there are in one hour of the week. */
export const countAt = (count: HourlyCount, hour: number): number => (typeof count === "number" ? count : (count.hourOfWeek[hour] ?? 0));

/** Sum over the hours of a week. */
export const countOfWeek = (count: HourlyCount): number =>
  typeof count === "number" ? count * hoursPerWeek : count.hourOfWeek.reduce((sum, inHour) => sum + inHour, 0);

/** Most in any hour. */
export const mostOf = (count: HourlyCount): number => (typeof count === "number" ? count : Math.max(...count.hourOfWeek));

/** The shortest way to write counts by hour: one number where all are alike. */
export const hourlyCount = (counts: readonly number[]): HourlyCount => {
  const [first = 0] = counts;
  return counts.every((count) => count === first) ? first : { hourOfWeek: [...counts] };
};

/** "4", or "2 to 9" where the hours differ. */
export const countInWords = (count: HourlyCount): string =>
  typeof count === "number"
    ? count.toLocaleString("en-US")
    : `${Math.min(...count.hourOfWeek).toLocaleString("en-US")} to ${mostOf(count).toLocaleString("en-US")}`;
