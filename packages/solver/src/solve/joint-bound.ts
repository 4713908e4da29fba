import { hoursPerWeek, toUsd } from "@headroom/core";
import { type BuyableUnit, buyableUnits } from "../formulate/buyable-units.ts";
import { hourGroups } from "../formulate/hour-groups.ts";
import { overSpotShare } from "./batch-room.ts";
import { perHourOf } from "./batch-time.ts";
import { boundAt } from "./bound-at-prices.ts";
import type { FleetProblem } from "./fleet.ts";
import { hourlyBound } from "./hourly-bound.ts";
import type { BatchQuestion } from "./place-batch.ts";
import type { SolveTools } from "./solve-tools.ts";

/**
 * Mean dollars an hour below which services and jobs together are not, where both want spot: what a job takes of the share, or
 * brings to it, is priced as the services' relaxation prices it (Lagrange). Undefined where that has no optimum in time.
 *
 *   bound = services at μ_g  +  Σ_jobs W / H · min over u, g of (price_u + θ · μ_g · a_u · ([u is spot] − σ)) / r_u
 *
 * The services keep the share by themselves in every hour and with the jobs while these run, so the sum of both, weighted with
 * μ_g, is no more than 0. θ ≤ 1 makes up for weeks that the job's D hours do not fill: θ = min(1, H / (168 · ⌈D / 168⌉)).
 */
export const jointBound = async (
  services: FleetProblem,
  questions: readonly BatchQuestion[],
  { backends }: SolveTools,
): Promise<number | undefined> => {
  const { needs, candidates, offers, rules, switching, limits } = services;
  const units = buyableUnits(candidates, offers, rules, switching);
  const groups = hourGroups(needs);
  const found = await hourlyBound({ needs, units, rules, groups }, limits, backends);
  if (found.kind !== "bound") return undefined;
  const cap = mostWithoutGifts([...units, ...questions.flatMap((question) => question.units)], rules.spotMaxShare);
  const bins = found.bins.map(({ members, prices }) => ({ members, prices: { ...prices, spot: Math.min(cap, prices.spot) } }));
  const shares = bins.map(({ prices }) => prices.spot);
  const jobs = questions.map((question) => costOfJob(question, shares, groups.length > 1 ? hoursPerWeek : 1));
  return boundAt({ needs, units, rules }, bins) + jobs.reduce((sum, cost) => sum + cost, 0);
};

/** Machines that make room for spot must not be worth more than they cost, or there would be no end of them. */
const mostWithoutGifts = (units: readonly BuyableUnit[], spotMaxShare: number): number =>
  Math.min(...units.filter(({ spot }) => !spot).map(({ price, accelerators }) => toUsd(price) / (spotMaxShare * accelerators)));

const costOfJob = ({ batch, units, rules }: BatchQuestion, shares: readonly number[], cycle: number): number => {
  const { horizonHours } = rules;
  const filled = Math.min(1, horizonHours / (cycle * Math.ceil(batch.hours / cycle)));
  const perRequest = units.flatMap((unit) => {
    const paid = toUsd(unit.price) * (unit.committed ? horizonHours / batch.hours : 1);
    return shares.map((share) => (paid + filled * share * overSpotShare(unit, rules)) / perHourOf(unit));
  });
  return (batch.requests / horizonHours) * Math.min(...perRequest);
};
