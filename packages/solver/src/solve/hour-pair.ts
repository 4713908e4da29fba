import type { HourItem, HourNeed } from "./exact-hour.ts";

/** Counts of two items. */
export interface Pair {
  readonly base: number;
  readonly beside: number;
  readonly cost: number;
}

export interface PairQuestion extends HourNeed {
  /** What costs as much or more is of no use. */
  readonly below: number;
}

const dust = 1e-9;

/**
 * How an hour's rest is carried with two items alone: every count of the one, from the relaxation's outward, until the fraction of
 * the other that it leaves to be bought makes it too dear. Asked so often that what the two items say of it is prepared.
 */
export const cheapestPair = (base: HourItem, other: HourItem | undefined): ((question: PairQuestion) => Pair | undefined) => {
  const beside = other ?? nothing;
  const makesRoom = -base.adds;
  const fraction = ({ missing, over }: HourNeed, count: number): number => {
    const stillOver = over + count * beside.adds;
    const forShare = makesRoom > 0 ? stillOver / makesRoom : stillOver > dust ? Number.POSITIVE_INFINITY : 0;
    return Math.max(0, (missing - count * beside.capacity) / base.capacity, forShare);
  };
  const least = (need: HourNeed, count: number): number => count * beside.price + Math.max(0, fraction(need, count) - dust) * base.price;
  const most = ({ missing, over }: HourNeed): number =>
    other ? Math.max(0, Math.ceil(missing / beside.capacity), beside.adds < 0 ? Math.ceil(over / -beside.adds) : 0) : 0;
  /** A convex function of straight pieces is least at an end or at a bend: where both rules ask for as much, or one for nothing. */
  const turningPoint = (need: HourNeed, to: number): number => {
    const { missing, over } = need;
    const both = (missing * makesRoom - over * base.capacity) / (beside.capacity * makesRoom + beside.adds * base.capacity);
    let [turning, cost] = [0, least(need, 0)];
    for (const bend of [both, missing / beside.capacity, -over / beside.adds]) {
      const within = Math.min(to, Math.max(0, bend));
      const here = least(need, within);
      if (here < cost) [turning, cost] = [within, here];
    }
    return turning;
  };
  return (question) => {
    const to = most(question);
    const start = Math.ceil(turningPoint(question, to));
    let [count, cost] = [-1, question.below];
    for (let up = start; up <= to && least(question, up) < cost; up++) {
      const here = up * beside.price + Math.ceil(fraction(question, up) - dust) * base.price;
      if (here < cost) [count, cost] = [up, here];
    }
    for (let down = start - 1; down >= 0 && least(question, down) < cost; down--) {
      const here = down * beside.price + Math.ceil(fraction(question, down) - dust) * base.price;
      if (here < cost) [count, cost] = [down, here];
    }
    return count < 0 ? undefined : { base: Math.ceil(fraction(question, count) - dust), beside: count, cost };
  };
};

const nothing: HourItem = { price: 0, capacity: 0, adds: 0 };
