import { hoursApart, loadAt, type ServiceNeed } from "@headroom/core";

/** Hours of the week in which every service has the same load; `loads` are shares of each service's busiest hour. */
export interface HourGroup {
  readonly hours: readonly number[];
  readonly loads: readonly number[];
}

/** A constant demand is one group; real weeks have a few dozen. Groups stand in the order of their first hour. */
export const hourGroups = (needs: readonly ServiceNeed[]): HourGroup[] => {
  const groups = new Map<string, { hours: number[]; loads: number[] }>();
  for (let hour = 0; hour < hoursApart(needs); hour++) {
    const loads = needs.map((need) => loadAt(need, hour));
    const key = loads.join(" ");
    const group = groups.get(key);
    if (group) group.hours.push(hour);
    else groups.set(key, { hours: [hour], loads });
  }
  return [...groups.values()];
};

/**
 * At most `most` groups, each with the mean loads of hours that are alike. What a fleet costs is convex in the loads, so the
 * means cost no more than the hours they stand for.
 */
export const coarseGroups = (
  groups: readonly HourGroup[],
  most: number,
): readonly { readonly group: HourGroup; readonly members: readonly HourGroup[] }[] => {
  const total = ({ loads }: HourGroup) => loads.reduce((sum, load) => sum + load, 0);
  const ordered = groups.toSorted((a, b) => total(a) - total(b) || (a.hours[0] ?? 0) - (b.hours[0] ?? 0));
  const size = Math.ceil(ordered.length / most);
  return Array.from({ length: Math.ceil(ordered.length / size) }, (_, bin) => {
    const members = ordered.slice(bin * size, (bin + 1) * size);
    const hours = members.flatMap((member) => member.hours);
    const loads = (members[0]?.loads ?? []).map(
      (_load, need) => members.reduce((sum, member) => sum + (member.loads[need] ?? 0) * member.hours.length, 0) / hours.length,
    );
    return { group: { hours, loads }, members };
  });
};

/** Values of groups, hour by hour. */
export const byHour = <T>(groups: readonly HourGroup[], values: readonly T[]): T[] => {
  const hours: T[] = [];
  groups.forEach((group, index) => {
    for (const hour of group.hours) hours[hour] = values[index] as T;
  });
  return hours;
};
