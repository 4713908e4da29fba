import type { BuyingRules } from "@headroom/core";
import type { BuyableUnit } from "../formulate/buyable-units.ts";
import { overSpotShare } from "./batch-room.ts";
import { egressPerRequest, perHourOf } from "./batch-time.ts";
import type { BatchQuestion } from "./place-batch.ts";

/** Halvings of the range in which the price of the spot share is sought. */
const steps = 60;

/**
 * Micro-dollars over the horizon below which no runs of these jobs are.
 *
 *   bound = max over μ ≥ 0 of  Σ_jobs W · min_u ρ_u(μ) / r_u            ρ_u(μ) = price_u + μ · a_u · ([u is spot] − σ)
 *
 * W: requests; what an answer costs on its way out is added to ρ / r; r_u: requests an hour of a unit; a commitment is paid for H hours and works for D of them: ρ · H / D.
 * μ prices the spot share (Lagrange), which holds where all lines of the plan are runs of jobs; beside services, or machines
 * that train, these may make room for spot, and μ is 0. No ρ may fall below 0: idle machines would make room without end.
 */
export const batchBound = (questions: readonly BatchQuestion[], rules: BuyingRules, beside: "nothing" | "others"): number => {
  const price = beside === "others" ? 0 : priceOfShare(questions, rules);
  return questions.reduce((sum, question) => sum + workAt(question, price, rules), 0);
};

/** The price of the spot share, in micro-dollars for an accelerator-hour beyond it, at which jobs by themselves cost most. */
export const priceOfShare = (questions: readonly BatchQuestion[], rules: BuyingRules): number => {
  const isShared = questions.some(({ units }) => units.some(({ spot }) => spot)) && rules.spotMaxShare < 1;
  if (!isShared) return 0;
  const at = (price: number) => questions.reduce((sum, question) => sum + workAt(question, price, rules), 0);
  const most = mostForShare(questions, rules);
  return [0, most, ...highestOf(at, most)].reduce((best, price) => (at(price) > at(best) ? price : best));
};

const workAt = ({ batch, units }: BatchQuestion, price: number, rules: BuyingRules): number =>
  batch.requests *
  Math.min(
    ...units.map(
      (unit) => (reduced(unit, price, rules) * paidFor(unit, batch.hours, rules)) / perHourOf(unit) + egressPerRequest(unit, rules),
    ),
  );

const reduced = (unit: BuyableUnit, price: number, rules: BuyingRules): number => Number(unit.price) + price * overSpotShare(unit, rules);

const paidFor = ({ committed }: BuyableUnit, hours: number, { horizonHours }: BuyingRules): number =>
  committed ? horizonHours / hours : 1;

/** Up to which no price falls below 0; a share of 0 leaves every price as it is. */
const mostForShare = (questions: readonly BatchQuestion[], { spotMaxShare }: BuyingRules): number =>
  Math.min(
    Number.MAX_SAFE_INTEGER,
    ...questions.flatMap(({ units }) =>
      units.filter(({ spot }) => !spot).map(({ price, accelerators }) => Number(price) / (spotMaxShare * accelerators)),
    ),
  );

/** Around where a concave function is highest. */
export const highestOf = (value: (at: number) => number, most: number): readonly number[] => {
  let [low, high] = [0, most];
  for (let step = 0; step < steps; step++) {
    const [left, right] = [low + (high - low) / 3, high - (high - low) / 3];
    if (value(left) < value(right)) low = left;
    else high = right;
  }
  return [low, high];
};
