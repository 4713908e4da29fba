import { toUsd } from "@headroom/core";
import type { HourGroup } from "../formulate/hour-groups.ts";
import { hourRows } from "./hour-rows.ts";
import type { HourScene } from "./hour-scene.ts";

/** What carries an hour, and what of it is committed to. */
export interface Configuration {
  /** By column. */
  readonly counts: readonly number[];
  /** Dollars for what is bought by the hour. */
  readonly hourlyUsd: number;
  /** Hours that it carries. */
  readonly carries: ReadonlySet<number>;
}

export interface Configurations {
  readonly all: readonly Configuration[];
  readonly add: (counts: readonly number[], hour: number) => void;
}

/** Ways to carry an hour that were found somewhere; each is tried in every hour. */
export const configurationsOf = (scene: HourScene, groups: readonly HourGroup[]): Configurations => {
  const all: Configuration[] = [];
  const seen = new Set<string>();
  const open = scene.columns.map((_, column) => column);
  const given = open.map(() => 0);
  const brokenIn = groups.map(({ loads }) => hourRows(scene, { loads, given, open }));
  const add = (counts: readonly number[], hour: number): void => {
    const key = counts.join(" ");
    if (seen.has(key)) return;
    seen.add(key);
    const own = groups[hour]?.loads ?? [];
    const carries = new Set(
      groups.flatMap(({ loads }, at) =>
        loads.every((load, need) => load <= (own[need] ?? 0)) || brokenIn[at]?.(counts).length === 0 ? [at] : [],
      ),
    );
    const hourlyUsd = scene.columns.reduce(
      (sum, { committed, price }, column) => (committed ? sum : sum + toUsd(price) * (counts[column] ?? 0)),
      0,
    );
    all.push({ counts, hourlyUsd, carries });
  };
  return { all, add };
};
