import { defaultIdleUse } from "../defaults.ts";
import { hoursPerWeek } from "../units/index.ts";
import { countAt } from "./hourly-count.ts";
import type { HourlyCount } from "./plan-document.ts";

/**
 * Hours of one replica that are left for a job's work on the idle hours of a week, before so many hours are over. Nobody knows in
 * which hour of the week the horizon begins, so the worst is taken: only hours that exist wherever it begins are counted, and a
 * started one is not.
 *
 *   least over b of  Σ_{b ≤ t < b + D} n_t − σ · (n_b + Σ_{b < t < b + D} max(0, n_t − n_{t−1}))
 *
 * n_t: replicas in the hour; D: whole hours; σ: hours of a stretch in which one model makes way for the other.
 */
export const idleReplicaHours = (replicas: HourlyCount, hours: number): number => {
  const whole = Math.floor(hours + 1e-9);
  const [there, begun] = [[0], [0]];
  for (let hour = 0; hour < whole + hoursPerWeek; hour++) {
    const [before, now] = [at(replicas, hour - 1), at(replicas, hour)];
    there.push((there[hour] ?? 0) + now);
    begun.push((begun[hour] ?? 0) + Math.max(0, now - before));
  }
  const from = (begin: number): number => {
    const stretches = at(replicas, begin) + (begun[begin + whole] ?? 0) - (begun[begin + 1] ?? 0);
    return (there[begin + whole] ?? 0) - (there[begin] ?? 0) - defaultIdleUse.changeoverHours * stretches;
  };
  return whole < 1 ? 0 : Math.max(0, Math.min(...Array.from({ length: hoursPerWeek }, (_, begin) => from(begin))));
};

const at = (replicas: HourlyCount, hour: number): number => countAt(replicas, (hour + hoursPerWeek) % hoursPerWeek);
