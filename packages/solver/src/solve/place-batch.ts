import { type BatchNeed, type BuyingRules, type Candidate, type MicroUsd, timesCount } from "@headroom/core";
import type { BuyableUnit } from "../formulate/buyable-units.ts";
import { batchMixes, completeWork, type Mix, mostWork, type Share } from "./batch-mixes.ts";
import { mostIn, type Room, roomAfter } from "./batch-room.ts";
import { egressPerRequest, neededMilli, perHourOf, wholeMilli } from "./batch-time.ts";

/** One kind of machine at a job, from the first hour on. */
export interface BatchRun {
  readonly batch: BatchNeed;
  readonly unit: BuyableUnit;
  readonly count: number;
  /** In which it works, in thousandths. */
  readonly milliHours: number;
  readonly requests: number;
}

export interface PlacedBatch {
  readonly runs: readonly BatchRun[];
  readonly room: Room;
}

export interface BatchQuestion {
  readonly batch: BatchNeed;
  readonly units: readonly BuyableUnit[];
  /** Ways to run it, on whatever offers. */
  readonly candidates: readonly Candidate[];
  readonly rules: BuyingRules;
}

/** Each of the cheapest few commitments is tried in every count up to this one, and at the counts that the work asks for. */
const mostTried = 48;
const commitmentsTried = 3;

/**
 * The cheapest runs that do a job by its deadline in the room that is left. Machines that go when they are done cost
 * price · hours, whatever their number: the work costs price / rate a request on each. A commitment costs its price over the
 * whole horizon, so it is tried by count, and what it does not do is left to the others.
 */
export const placeBatch = (question: BatchQuestion, room: Room): PlacedBatch | undefined => {
  const { batch, units, rules } = question;
  const mixes = batchMixes(
    units.filter(({ committed }) => !committed),
    rules,
  );
  const byTheHour = placeByTheHour({ ...question, mixes }, batch.requests, room);
  const committed = likelyCommitments(question).flatMap((unit) =>
    countsToTry(question, unit, room).flatMap((count) => {
      const own = committedRun(question, unit, count);
      const { requests } = own;
      const rest = placeByTheHour({ ...question, mixes }, batch.requests - requests, roomAfter(room, own, rules));
      return rest ? [{ ...rest, runs: [own, ...rest.runs] }] : [];
    }),
  );
  return [...(byTheHour ? [byTheHour] : []), ...committed].reduce<PlacedBatch | undefined>(
    (best, found) => (!best || batchCost(found.runs, rules) < batchCost(best.runs, rules) ? found : best),
    undefined,
  );
};

/** Over the horizon, in thousandths of a micro-dollar. Exact. */
export const batchCost = (runs: readonly BatchRun[], rules: Pick<BuyingRules, "horizonHours" | "surcharges">): bigint =>
  runs.reduce((sum, run) => {
    const { unit, count, milliHours, requests } = run;
    const egress = BigInt(Math.round(requests * egressPerRequest(unit, rules) * 1000));
    return sum + paid(unit.price, count, unit.committed ? rules.horizonHours * 1000 : milliHours) + egress;
  }, 0n);

const paid = (price: MicroUsd, count: number, milliHours: number): bigint => timesCount(timesCount(price, count), milliHours);

const likelyCommitments = ({ units }: BatchQuestion): readonly BuyableUnit[] =>
  units
    .filter(({ committed }) => committed)
    .toSorted((a, b) => Number(a.price) / perHourOf(a) - Number(b.price) / perHourOf(b))
    .slice(0, commitmentsTried);

const committedRun = ({ batch }: BatchQuestion, unit: BuyableUnit, count: number): BatchRun => {
  const perHour = perHourOf(unit) * count;
  const most = wholeMilli(batch.hours);
  const requests = Math.min(batch.requests, (perHour * most) / 1000);
  return { batch, unit, count, milliHours: Math.min(most, neededMilli(requests, perHour)), requests };
};

const countsToTry = ({ batch, rules }: BatchQuestion, unit: BuyableUnit, room: Room): readonly number[] => {
  const enough = batch.requests / (perHourOf(unit) * batch.hours);
  const most = Math.min(mostIn(unit, room, rules), Math.ceil(enough));
  const few = Array.from({ length: Math.min(most, mostTried) }, (_, index) => index + 1);
  return [...new Set([...few, Math.floor(Math.min(most, enough)), most])].filter((count) => count > 0);
};

type ByTheHour = BatchQuestion & { readonly mixes: readonly Mix[] };

/** Less than this share of a job is a rounding error of the sums. */
const dust = 1e-9;

/** The cheapest mix that finishes the work; where the cheapest cannot in its room, as much of it as fits, and so on. */
const placeByTheHour = ({ batch, mixes, rules }: ByTheHour, requests: number, from: Room): PlacedBatch | undefined => {
  const milliHours = wholeMilli(batch.hours);
  const runs: BatchRun[] = [];
  let [left, room] = [requests, from];
  const take = (shares: readonly Share[], milli: number, done: number): void => {
    const perHour = shares.reduce((sum, { unit, count }) => sum + perHourOf(unit) * count, 0);
    for (const { unit, count } of shares) {
      runs.push({ batch, unit, count, milliHours: milli, requests: (done * perHourOf(unit) * count) / perHour });
      room = roomAfter(room, { unit, count }, rules);
    }
    left -= done;
  };
  for (const [index, mix] of mixes.entries()) {
    if (left <= dust * batch.requests || milliHours < 1) break;
    const at = { requests: left, milliHours, room, rules };
    if (completeWork(mix, at)) {
      const finishing = mixes.slice(index).flatMap((other) => completeWork(other, at) ?? []);
      const cheapest = finishing.reduce((best, found) => (found.cost < best.cost ? found : best));
      take(cheapest.shares, cheapest.milliHours, left);
    } else {
      const shares = mostWork(mix, at);
      const done = shares.reduce((sum, { unit, count }) => sum + (perHourOf(unit) * count * milliHours) / 1000, 0);
      if (done > 0) take(shares, milliHours, done);
    }
  }
  return left <= dust * batch.requests ? { runs, room } : undefined;
};
