import type { CoverRows } from "./cover-rows.ts";
import { type SmallRelaxation, smallRelaxation } from "./small-relaxation.ts";

/** A unit by the hour that may carry what is missing of one service in an hour. */
export interface OpenUnit {
  readonly price: number;
  /** Accelerators by which one lifts spot over its share; below 0 it makes room for spot. */
  readonly adds: number;
}

export interface WholeQuestion {
  readonly units: readonly OpenUnit[];
  /** By row and unit. */
  readonly rows: CoverRows;
  /** By row. */
  readonly missing: readonly number[];
  /** Accelerators over the spot share that may be added. */
  readonly most: number;
  readonly search: keyof typeof searches;
}

/**
 * Counts so far below and above the relaxation's whole are tried of the dearest units: the fewer there are, the further. And how
 * many units of kinds that the relaxation does not have may stand beside them.
 */
const searches = {
  wide: { reach: [0, 6, 3, 2], extras: "up to two" },
  narrow: { reach: [0, 1, 1, 1], extras: "none" },
} as const;
const dearest = 3;

const dust = 1e-9;

/**
 * Whole units near the relaxation of the hour, cheap and mostly cheapest: counts of what the relaxation has, in a window, with up
 * to two units of kinds it does not have; the finest of its kinds then closes every row. Undefined where nothing near keeps them.
 */
export const wholeUnits = (asked: WholeQuestion): readonly number[] | undefined => {
  const { units, rows, missing, most } = asked;
  if (missing.every((left) => left <= dust) && most >= 0) return units.map(() => 0);
  const relaxed = smallRelaxation({
    costs: units.map(({ price }) => price),
    rows: [...rows, units.map(({ adds }) => -adds)],
    atLeast: [...missing, Number.isFinite(most) ? -most : -unlimited],
  });
  if (!relaxed) return undefined;
  const question = tightestFirst(asked, relaxed);
  const roles = rolesOf(units, relaxed);
  if (roles.closer === undefined) return undefined;
  const search: Search = {
    question,
    relaxed,
    closer: roles.closer,
    extras: [setOf(question, relaxed, [])],
    worths: byUnit(question),
    best: undefined,
  };
  descend(search, roles.basics);
  const beside = searches[asked.search].extras === "none" ? [] : extraSets(search, roles.extras);
  if (beside.length > 0) {
    search.extras = beside;
    descend(search, roles.basics);
  }
  return search.best && countsOf(units.length, search.best);
};

/** Every choice of counts near the relaxation's, each closed with every set of extras. */
const descend = (search: Search, basics: readonly number[]): void => {
  const near = searches[search.question.search].reach[Math.min(dearest, basics.length)] ?? 0;
  const choose = (position: number, leaf: Leaf): void => {
    const unit = basics[position];
    if (unit === undefined) {
      close(search, leaf);
      return;
    }
    const [from, to] = position < dearest ? [-near, near + 1] : [0, 1];
    for (let step = from; step <= to; step++) {
      const count = Math.floor((search.relaxed.counts[unit] ?? 0) + dust) + step;
      if (count >= 0) choose(position + 1, withUnits(search, leaf, { unit, count }));
    }
  };
  choose(0, { counts: [], cost: 0, over: 0, left: search.question.missing });
};

const unlimited = 1e9;

/** Most choices break a row that the relaxation only just keeps. */
const tightestFirst = (question: WholeQuestion, { counts }: SmallRelaxation): WholeQuestion => {
  const ordered = question.rows
    .map((row, index) => {
      const missing = question.missing[index] ?? 0;
      return { row, missing, slack: row.reduce((sum, worth, unit) => sum + worth * (counts[unit] ?? 0), -missing) };
    })
    .toSorted((a, b) => a.slack - b.slack);
  return { ...question, rows: ordered.map(({ row }) => row), missing: ordered.map(({ missing }) => missing) };
};

interface Search {
  readonly question: WholeQuestion;
  readonly relaxed: SmallRelaxation;
  readonly closer: number;
  extras: readonly ExtraSet[];
  /** By unit and row. */
  readonly worths: readonly (readonly number[])[];
  best: Best | undefined;
}

interface Best {
  readonly cost: number;
  readonly counts: readonly Count[];
}

interface Count {
  readonly unit: number;
  readonly count: number;
}

/** Counts chosen so far and what they leave. */
interface Leaf {
  readonly counts: readonly Count[];
  readonly cost: number;
  readonly over: number;
  readonly left: readonly number[];
}

interface ExtraSet {
  readonly counts: readonly Count[];
  readonly above: number;
  readonly cost: number;
  readonly over: number;
  readonly carries: readonly number[];
}

const byUnit = ({ units, rows }: WholeQuestion): number[][] => units.map((_, unit) => rows.map((row) => row[unit] ?? 0));

/** The closer is the finest that makes room for spot, where the relaxation has one; the dearest of the others come first. */
const rolesOf = (units: readonly OpenUnit[], { counts, above }: SmallRelaxation) => {
  const all = units.map((unit, index) => ({ ...unit, index, above: above[index] ?? 0, isBought: (counts[index] ?? 0) > 1e-7 }));
  const bought = all
    .filter(({ isBought }) => isBought)
    .toSorted((a, b) => Number(a.adds < 0) - Number(b.adds < 0) || b.price - a.price || a.index - b.index);
  const rest = all.filter(({ isBought }) => !isBought).toSorted((a, b) => a.above - b.above || a.index - b.index);
  const closer = bought.at(-1) ?? rest[0];
  const basics = bought.slice(0, -1).toSorted((a, b) => b.price - a.price || a.index - b.index);
  const extras = rest.filter((unit) => unit !== closer);
  return { closer: closer?.index, basics: basics.map(({ index }) => index), extras: extras.map(({ index }) => index) };
};

/** One or two units whose cost above their worth leaves a chance, in that order. */
const extraSets = ({ question, relaxed, best }: Search, extras: readonly number[]): ExtraSet[] => {
  const room = (best?.cost ?? Number.POSITIVE_INFINITY) - relaxed.value - dust;
  const above = (members: readonly number[]) => sumOf(members, (unit) => relaxed.above[unit] ?? 0);
  const singles = extras.map((unit) => [unit]);
  const pairs = extras.flatMap((first, at) => extras.slice(at).map((second) => [first, second]));
  return [...singles, ...pairs]
    .filter((members) => above(members) < room)
    .map((members) => setOf(question, relaxed, members))
    .toSorted((a, b) => a.above - b.above);
};

const setOf = ({ units, rows }: WholeQuestion, { above }: SmallRelaxation, members: readonly number[]): ExtraSet => ({
  counts: members.map((unit) => ({ unit, count: 1 })),
  above: sumOf(members, (unit) => above[unit] ?? 0),
  cost: sumOf(members, (unit) => units[unit]?.price ?? 0),
  over: sumOf(members, (unit) => units[unit]?.adds ?? 0),
  carries: rows.map((row) => sumOf(members, (unit) => row[unit] ?? 0)),
});

const sumOf = (members: readonly number[], of: (unit: number) => number): number => members.reduce((sum, unit) => sum + of(unit), 0);

const withUnits = ({ question: { units }, worths }: Search, leaf: Leaf, { unit, count }: Count): Leaf => {
  if (count === 0) return leaf;
  const worth = worths[unit] ?? [];
  return {
    counts: [...leaf.counts, { unit, count }],
    cost: leaf.cost + count * (units[unit]?.price ?? 0),
    over: leaf.over + count * (units[unit]?.adds ?? 0),
    left: leaf.left.map((left, row) => left - count * (worth[row] ?? 0)),
  };
};

/** Each set of extras, with as many of the closer as the rows and the share then ask for. */
const close = (search: Search, leaf: Leaf): void => {
  const { question, relaxed, closer, extras } = search;
  const { price, adds } = question.units[closer] as OpenUnit;
  for (const set of extras) {
    const below = search.best?.cost ?? Number.POSITIVE_INFINITY;
    if (relaxed.value + set.above >= below - dust) return;
    const spent = leaf.cost + set.cost;
    const over = leaf.over + set.over - question.most;
    const count = closersFor(search, leaf, { set, over, affordable: (below - spent) / price });
    const cost = spent + count * price;
    if (over + count * adds > dust || cost >= below - dust) continue;
    search.best = { cost, counts: [...leaf.counts, ...set.counts, { unit: closer, count }] };
  }
};

interface Closing {
  readonly set: ExtraSet;
  readonly over: number;
  /** More than so many are too dear: rows are read no further. */
  readonly affordable: number;
}

const closersFor = ({ question, closer, worths }: Search, { left }: Leaf, { set, over, affordable }: Closing): number => {
  const { adds } = question.units[closer] as OpenUnit;
  const worth = worths[closer] ?? [];
  let count = adds < 0 ? Math.max(0, over / -adds) : 0;
  for (let row = 0; row < left.length && count <= affordable; row++) {
    const missing = (left[row] as number) - (set.carries[row] as number);
    if (missing > count * (worth[row] as number)) count = missing / (worth[row] as number);
  }
  return Math.ceil(count - dust);
};

const countsOf = (length: number, { counts }: Best): number[] => {
  const all = Array.from({ length }, () => 0);
  for (const { unit, count } of counts) all[unit] = (all[unit] ?? 0) + count;
  return all;
};
