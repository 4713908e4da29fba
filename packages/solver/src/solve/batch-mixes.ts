import { type BuyingRules, timesCount } from "@headroom/core";
import type { BuyableUnit } from "../formulate/buyable-units.ts";
import { mostIn, overSpotShare, type Room } from "./batch-room.ts";
import { egressPerRequest, neededMilli, perHourOf } from "./batch-time.ts";
import { fewestOf } from "./fewest-of.ts";

/** Machines that work side by side: what is bought by the hour, and spot beside it as far as the share lets through. */
export interface Mix {
  readonly base: BuyableUnit | undefined;
  readonly spot: BuyableUnit | undefined;
}

export interface Share {
  readonly unit: BuyableUnit;
  readonly count: number;
}

/** So many mixes of two are tried, those that cost least a request. */
const mostMixes = 40;

/**
 * The cheapest ways to do work by the hour, best first: each unit alone, and each spot unit with each other one in the
 * proportion that the spot share asks for where nothing else makes room for spot.
 *
 *   n_base / n_spot = a_spot · (1 − σ) / (a_base · σ)
 */
export const batchMixes = (units: readonly BuyableUnit[], rules: BuyingRules): readonly Mix[] => {
  const spots = units.filter(({ spot }) => spot);
  const bases = units.filter(({ spot }) => !spot);
  const alone = [...bases.map((base) => ({ base, spot: undefined })), ...spots.map((spot) => ({ base: undefined, spot }))];
  const mixed = rules.spotMaxShare > 0 && rules.spotMaxShare < 1 ? spots.flatMap((spot) => bases.map((base) => ({ base, spot }))) : [];
  const cheapestFirst = (mixes: readonly Mix[]) => mixes.toSorted((a, b) => pricePerRequest(a, rules) - pricePerRequest(b, rules));
  return cheapestFirst([...alone, ...cheapestFirst(mixed).slice(0, mostMixes)]);
};

const pricePerRequest = ({ base, spot }: Mix, rules: BuyingRules): number => {
  const ofBase = base && spot ? overSpotShare(spot, rules) / -overSpotShare(base, rules) : 1;
  const parts = [base && { unit: base, count: ofBase }, spot && { unit: spot, count: 1 }].filter((part) => part !== undefined);
  const sum = (of: (unit: BuyableUnit) => number) => parts.reduce((all, { unit, count }) => all + count * of(unit), 0);
  return sum((unit) => Number(unit.price) + perHourOf(unit) * egressPerRequest(unit, rules)) / sum(perHourOf);
};

export interface OpenWork {
  readonly requests: number;
  /** Until the deadline. */
  readonly milliHours: number;
  readonly room: Room;
  readonly rules: BuyingRules;
}

export interface FinishedWork {
  readonly shares: readonly Share[];
  readonly milliHours: number;
  /** Price · thousandths of an hour. */
  readonly cost: bigint;
}

/** Beyond the fewest machines that finish in time, so many more are tried: a mix in whole machines may fit the share better. */
const moreTried = 64;

/** The cheapest counts of a mix that finish the work in time, of those that cost alike the fewest; undefined where none do. */
export const completeWork = (mix: Mix, work: OpenWork): FinishedWork | undefined => {
  const most = mix.base ? mostIn(mix.base, work.room, work.rules) : 0;
  const enough = mix.base ? Math.min(most, unitsFor(mix.base, work)) : 0;
  const fewest = fewestOf(enough, (count) => finishes(mix, count, work));
  if (fewest === undefined) return undefined;
  const last = mix.spot ? Math.min(most, fewest + moreTried) : fewest;
  let best: FinishedWork | undefined;
  for (let count = fewest; count <= last; count++) {
    const found = finished(sharesOf(mix, count, work), work);
    if (found && (!best || isCheaper(found, best))) best = found;
  }
  return best;
};

/** What differs by a ten-thousandth is not worth more machines. */
const isCheaper = (found: FinishedWork, best: FinishedWork): boolean => 10_000n * found.cost < 9_999n * best.cost;

/** As many machines of a mix as there is room for, none where it has no room for either. */
export const mostWork = (mix: Mix, work: OpenWork): readonly Share[] =>
  sharesOf(mix, mix.base ? Math.min(mostIn(mix.base, work.room, work.rules), unitsFor(mix.base, work)) : 0, work);

const finishes = (mix: Mix, count: number, work: OpenWork): boolean => finished(sharesOf(mix, count, work), work) !== undefined;

const finished = (shares: readonly Share[], { requests, milliHours, rules }: OpenWork): FinishedWork | undefined => {
  const perHour = shares.reduce((sum, { unit, count }) => sum + perHourOf(unit) * count, 0);
  if (perHour === 0) return undefined;
  const needed = neededMilli(requests, perHour);
  if (needed > milliHours) return undefined;
  const cost = shares.reduce((sum, { unit, count }) => {
    const done = (requests * perHourOf(unit) * count) / perHour;
    const egress = BigInt(Math.round(done * egressPerRequest(unit, rules) * 1000));
    return sum + timesCount(timesCount(unit.price, count), needed) + egress;
  }, 0n);
  return { shares, milliHours: needed, cost };
};

/** Units that do the work by themselves until the deadline. */
const unitsFor = (unit: BuyableUnit, { requests, milliHours }: OpenWork): number =>
  Math.ceil((requests * 1000) / (perHourOf(unit) * milliHours) - 1e-9);

/**
 * So many of the base, and of spot what the share and its stock let through: beside a base it is cheaper than that however soon
 * the work is done. By itself, no more than the work asks for.
 */
const sharesOf = ({ base, spot }: Mix, ofBase: number, work: OpenWork): readonly Share[] => {
  const { room, rules } = work;
  const freed = room.spot - (base ? ofBase * overSpotShare(base, rules) : 0);
  const over = spot ? overSpotShare(spot, rules) : 0;
  const allowed = over > 0 ? Math.floor(freed / over + 1e-9) : Number.POSITIVE_INFINITY;
  const asked = base && Number.isFinite(allowed) ? allowed : spot ? unitsFor(spot, work) : 0;
  const onSpot = spot ? Math.max(0, Math.min(allowed, mostIn(spot, room, rules), asked)) : 0;
  const shares = [base && { unit: base, count: ofBase }, spot && { unit: spot, count: onSpot }];
  return shares.filter((share) => share !== undefined && share.count > 0) as Share[];
};
