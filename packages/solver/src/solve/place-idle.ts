import type { BatchNeed } from "@headroom/core";
import type { BuyableUnit } from "../formulate/buyable-units.ts";
import { perHourOf } from "./batch-time.ts";
import { fewestOf } from "./fewest-of.ts";
import { type IdlePlace, idlePlaceOf, perInstance } from "./idle-places.ts";
import { type CountsByHour, longStretches, sureHours, unbroken } from "./idle-stretches.ts";
import { type IdleWeek, spareUnits, withoutUnits } from "./idle-week.ts";
import type { BatchQuestion } from "./place-batch.ts";

/** A job at work where a service's commitment would stand idle. */
export interface IdleRun {
  readonly batch: BatchNeed;
  /** The job's own candidate on the commitment's offer. */
  readonly unit: BuyableUnit;
  /** The service's. */
  readonly host: BuyableUnit;
  /** Of the job's units. */
  readonly counts: CountsByHour;
  /** From the horizon's start until its work is done, wherever in the week that is. */
  readonly hours: number;
  /** Hours of one unit until then, less what changing models takes. */
  readonly unitHours: number;
  readonly requests: number;
}

export interface PlacedIdle {
  readonly runs: readonly IdleRun[];
  readonly week: IdleWeek;
}

/**
 * As much of a job as the services' commitments have idle hours for before its deadline, on no more machines at once than that takes.
 */
export const placeIdle = (question: BatchQuestion, from: IdleWeek): PlacedIdle => {
  const { batch } = question;
  const runs: IdleRun[] = [];
  let [left, week] = [batch.requests, from];
  for (const place of idlePlaces(question, from)) {
    if (left <= 0) break;
    const run = runOn(place, spareFor(question, place, week), { batch, left });
    const after = run && withoutUnits(week, place.host, takenBy(run));
    // A commitment that serves in no hour at all would be the job's own.
    if (!run || !after?.counts.get(place.host)?.some((count) => count > 0)) continue;
    runs.push(run);
    left -= run.requests;
    week = after;
  }
  return { runs, week };
};

/** Those first on which a job does most for the capacity that it takes from the service. */
const idlePlaces = (question: BatchQuestion, { counts }: IdleWeek): readonly IdlePlace[] =>
  [...counts.keys()]
    .flatMap((host) => idlePlaceOf(host, question) ?? [])
    .toSorted((a, b) => worth(b) - worth(a) || (keyOf(a) < keyOf(b) ? -1 : 1));

const worth = ({ host, unit }: IdlePlace): number => (perInstance(unit) * host.instances) / host.mixCapacity;

const keyOf = ({ host: { candidate, offer } }: IdlePlace): string => `${candidate.need.name}\n${offer.id}\n${candidate.id}`;

const spareFor = ({ batch }: BatchQuestion, { host, unit }: IdlePlace, week: IdleWeek): CountsByHour => {
  const spare = spareUnits(week, host).map((count) => Math.floor((count * host.instances) / unit.instances));
  return batch.need.spot === "refused" ? unbroken(spare) : longStretches(spare);
};

interface Work {
  readonly batch: BatchNeed;
  /** Requests that nothing does yet. */
  readonly left: number;
}

const runOn = ({ host, unit }: IdlePlace, spare: CountsByHour, { batch, left }: Work): IdleRun | undefined => {
  const deadline = Math.floor(batch.hours);
  const can = (counts: CountsByHour, hours: number): number => sureHours(counts, hours) * perHourOf(unit);
  const upTo = (most: number): CountsByHour => spare.map((count) => Math.min(count, most));
  const all = can(spare, deadline);
  if (all <= 0) return undefined;
  const fewest = fewestOf(Math.max(...spare), (most) => can(upTo(most), deadline) >= left);
  const counts = fewest === undefined ? spare : upTo(fewest);
  const hours = fewestOf(deadline, (until) => can(counts, until) >= left) ?? deadline;
  return { batch, unit, host, counts, hours, unitHours: sureHours(counts, hours), requests: Math.min(left, all) };
};

/** Of the service's units. */
const takenBy = ({ host, unit, counts }: IdleRun): CountsByHour =>
  counts.map((count) => Math.ceil((count * unit.instances) / host.instances));
