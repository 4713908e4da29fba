import { defaultIdleUse } from "@headroom/core";

/** How many there are in each hour of the week; one entry where every hour is alike. */
export type CountsByHour = readonly number[];

/**
 * What is left of idle hours without the stretches that are too short to change models for. The n-th machine is idle in the hours
 * that have as many, so its stretches lie within those of the machine before it.
 */
export const longStretches = (idle: CountsByHour): CountsByHour => {
  const most = Math.max(...idle);
  const layers = Array.from({ length: most }, (_, below) => longEnough(idle.map((count) => count > below)));
  return idle.map((_, hour) => layers.reduce((count, layer) => count + (layer[hour] ? 1 : 0), 0));
};

/** The machines that are idle in every hour: nothing on them is interrupted. */
export const unbroken = (idle: CountsByHour): CountsByHour => idle.map(() => Math.min(...idle));

/** In a week that goes round. */
const longEnough = (isIdle: readonly boolean[]): readonly boolean[] => {
  const gap = isIdle.indexOf(false);
  if (gap < 0) return isIdle;
  const kept = isIdle.map(() => false);
  let stretch: number[] = [];
  for (let step = 1; step <= isIdle.length; step++) {
    const hour = (gap + step) % isIdle.length;
    if (isIdle[hour]) stretch.push(hour);
    else {
      if (stretch.length >= defaultIdleUse.leastStretchHours) for (const inside of stretch) kept[inside] = true;
      stretch = [];
    }
  }
  return kept;
};

/**
 * Hours of work that are sure to lie before a deadline wherever in the week the horizon begins, less what changing models takes: whole
 * weeks, and the worst part of one that follows.
 */
export const sureHours = (idle: CountsByHour, hours: number): number => {
  const whole = Math.floor(hours + 1e-9);
  const cycle = idle.length;
  const [weeks, rest] = [Math.floor(whole / cycle), whole % cycle];
  const rises = idle.map((count, hour) => Math.max(0, count - (idle[(hour + cycle - 1) % cycle] ?? 0)));
  const lost = (stretches: number): number => defaultIdleUse.changeoverHours * stretches;
  const ofWeek = sum(idle) - lost(sum(rises));
  const partFrom = (begin: number): number => {
    // What is idle when the horizon begins has to change models then, though its stretch began before.
    let part = -lost((idle[begin] ?? 0) - (rises[begin] ?? 0));
    for (let step = 0; step < rest; step++) {
      const hour = (begin + step) % cycle;
      part += (idle[hour] ?? 0) - lost(rises[hour] ?? 0);
    }
    return part;
  };
  if (whole < 1) return 0;
  return Math.max(0, weeks * ofWeek + Math.min(...idle.map((_, begin) => partFrom(begin))));
};

const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);
