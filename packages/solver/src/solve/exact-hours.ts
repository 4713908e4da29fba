import { cheapestWhole, type WholeSolution } from "./cheapest-whole.ts";
import { hourRows } from "./hour-rows.ts";
import type { HourScene } from "./hour-scene.ts";

export interface HoursQuestion {
  readonly scene: HourScene;
  /** Of each hour, by service. */
  readonly loads: readonly (readonly number[])[];
  readonly given: readonly number[];
  readonly open: readonly number[];
  /** By column: so many of it in all. */
  readonly most?: readonly number[] | undefined;
  /** By open column. */
  readonly prices: readonly number[];
  /** A solution of an hour that is known. */
  readonly known: (hour: number) => WholeSolution | undefined;
  readonly tolerance: number;
  readonly mostNodes: number;
  readonly isLate: () => boolean;
}

export interface HourAnswer {
  /** Nothing open that carries the hour costs less. */
  readonly lower: number;
  readonly best: WholeSolution | undefined;
}

interface Known extends HourAnswer {
  readonly loads: readonly number[];
}

/**
 * The cheapest whole counts beside what is given, for hours that differ in their loads alone. What carries more serves less as
 * well, and what less costs at least, more costs too: most hours lie between two that are known and are answered by these. So
 * the busiest and the quietest come first, and then the one in the middle of each two.
 */
export const exactHours = (question: HoursQuestion): readonly HourAnswer[] => {
  const { loads } = question;
  const total = (at: number) => (loads[at] ?? []).reduce((sum, load) => sum + load, 0);
  const order = halving(loads.map((_, at) => at).toSorted((a, b) => total(b) - total(a) || a - b));
  const known: Known[] = [];
  const answers = new Map<number, HourAnswer>();
  for (const at of order) {
    const ofHour = loads[at] ?? [];
    const answer = answerOf(question, known, at);
    known.push({ ...answer, loads: ofHour });
    answers.set(at, answer);
  }
  return loads.map((_, at) => answers.get(at) ?? { lower: 0, best: undefined });
};

/** First, last, middle, the middles of both halves, and so on. */
const halving = (sorted: readonly number[]): number[] => {
  const order = [sorted[0], sorted.length > 1 ? sorted.at(-1) : undefined].filter((at) => at !== undefined);
  const spans: (readonly [number, number])[] = [[0, sorted.length - 1]];
  for (let span = spans.shift(); span; span = spans.shift()) {
    const [from, to] = span;
    const middle = (from + to) >> 1;
    if (middle === from) continue;
    order.push(sorted[middle] as number);
    spans.push([from, middle], [middle, to]);
  }
  return order;
};

const answerOf = (question: HoursQuestion, known: readonly Known[], hour: number): HourAnswer => {
  const { prices, tolerance, mostNodes, isLate } = question;
  const loads = question.loads[hour] ?? [];
  const lower = lowerOf(known, loads);
  const best = cheapestKnown(question, known, hour);
  if (best && (lower >= best.cost * (1 - Math.max(1e-9, tolerance)) || isLate())) return { lower, best };
  const found = cheapestWhole({ costs: prices, brokenBy: rowsFor(question, loads), known: best, tolerance, mostNodes, isLate });
  return { lower: Math.max(lower, found.lower), best: found.best };
};

const rowsFor = ({ scene, given, open, most }: HoursQuestion, loads: readonly number[]) => hourRows(scene, { loads, given, open, most });

const lowerOf = (known: readonly Known[], loads: readonly number[]): number =>
  known.reduce<number>((most, one) => (one.lower > most && isBelow(one.loads, loads) ? one.lower : most), 0);

const isBelow = (one: readonly number[], other: readonly number[]): boolean => one.every((load, need) => load <= (other[need] ?? 0));

/** The cheapest of what other hours have that carries this one. */
const cheapestKnown = (question: HoursQuestion, known: readonly Known[], hour: number): WholeSolution | undefined => {
  const loads = question.loads[hour] ?? [];
  const brokenBy = rowsFor(question, loads);
  let best = question.known(hour);
  for (const one of known)
    if (one.best && (!best || one.best.cost < best.cost) && (isBelow(loads, one.loads) || brokenBy(one.best.counts).length === 0))
      best = one.best;
  return best;
};
