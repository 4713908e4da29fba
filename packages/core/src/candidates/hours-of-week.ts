import type { Demand, PlanRequest } from "../request/index.ts";
import { hoursPerMonth, hoursPerWeek } from "../units/index.ts";
import { growthOver, type HorizonStage } from "./horizon-stages.ts";

/**
 * Load of a service in each hour of the week as a share of its busiest hour; one entry where every hour is alike. Its rate in
 * that hour is `peak`.
 */
export interface LoadProfile {
  readonly peak: number;
  readonly loadByHour: readonly number[];
}

/**
 *   rate of hour h = asked(h) · growth · (factor in the busiest hours, as many as bursts take)
 *
 * Growth is that of the stage's busiest month, bursts fall into the week's busiest hours: both lean to more machines.
 */
export const loadProfile = (
  demand: Demand,
  { zone, stage }: { readonly zone: string; readonly stage: Pick<HorizonStage, "fromHour" | "untilHour"> },
): LoadProfile => {
  const growth = growthOver(demand, stage);
  const rates = withBursts(demand, ratesOf(demand, zone)).map((rate) => rate * growth);
  const peak = Math.max(...rates);
  return rates.every((rate) => rate === peak) ? { peak, loadByHour: [1] } : { peak, loadByHour: rates.map((rate) => rate / peak) };
};

const ratesOf = ({ requestRatePerSecond: asked }: Demand, zone: string): readonly number[] => {
  if (typeof asked === "number") return [asked];
  if ("users" in asked) return [Math.ceil(asked.users * asked.concurrentShare)];
  const shift = offsetHours(zone) - offsetHours(asked.timeZone ?? "UTC");
  return asked.hourOfWeek.map((_, hour) => asked.hourOfWeek[(hour - shift + 2 * hoursPerWeek) % hoursPerWeek] ?? 0);
};

const withBursts = ({ burst }: Demand, rates: readonly number[]): readonly number[] => {
  if (!burst) return rates;
  const week = rates.length === 1 ? Array.from({ length: hoursPerWeek }, () => rates[0] ?? 0) : rates;
  const hours = Math.min(hoursPerWeek, Math.ceil((burst.hoursPerMonth * hoursPerWeek) / hoursPerMonth));
  const busiest = new Set(
    week
      .map((rate, hour) => ({ rate, hour }))
      .toSorted((a, b) => b.rate - a.rate || a.hour - b.hour)
      .slice(0, hours)
      .map(({ hour }) => hour),
  );
  return week.map((rate, hour) => (busiest.has(hour) ? rate * burst.factor : rate));
};

/** The zone of the plan's hours: the services' own where they share one, else UTC. */
export const zoneOfHours = ({ services }: PlanRequest): string => {
  const zones = new Set(
    services.flatMap(({ demand: { requestRatePerSecond: asked } }) =>
      typeof asked === "object" && "hourOfWeek" in asked ? [asked.timeZone ?? "UTC"] : [],
    ),
  );
  const [only] = zones;
  return zones.size === 1 && only !== undefined ? only : "UTC";
};

/** Whole hours ahead of UTC in standard time, the lesser of two days half a year apart. */
const offsetHours = (timeZone: string): number => {
  const at = (day: number) => {
    const parts = new Intl.DateTimeFormat("en", { timeZone, hourCycle: "h23", day: "numeric", hour: "numeric" }).formatToParts(day);
    const value = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
    const days = value("day") - 15;
    return days * 24 + value("hour") - 12;
  };
  return Math.min(at(Date.UTC(2026, 0, 15, 12)), at(Date.UTC(2026, 6, 15, 12)));
};
