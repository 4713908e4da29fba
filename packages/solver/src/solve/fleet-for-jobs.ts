import { type Candidate, type MicroUsd, microUsd, type Offer } from "@headroom/core";
import { allUnits, type BuyableUnit } from "../formulate/buyable-units.ts";
import { type Fleet, type FleetProblem, meanCost, purchasesOf } from "./fleet.ts";
import { alone } from "./fleet-outcome.ts";
import { fastestOn, perInstance } from "./idle-places.ts";
import { type BatchQuestion, type BatchRun, batchCost } from "./place-batch.ts";
import { solveFleet } from "./solve-fleet.ts";
import type { SolveTools } from "./solve-tools.ts";

export interface JobsToBuyFor {
  readonly services: FleetProblem;
  readonly questions: readonly BatchQuestion[];
  /** What the jobs would buy beside the services' cheapest fleet. */
  readonly runs: readonly BatchRun[];
}

/**
 * A fleet of the services that commits to more than is cheapest for them alone, as idle hours of it spare a job what it would buy: it
 * is asked for with commitments at their price less what all hours of them are worth to a job, and told at their own. More than that
 * nobody needs. Undefined where no job buys anything, or none is found.
 */
export const fleetForJobs = async (asked: JobsToBuyFor, tools: SolveTools): Promise<Fleet | undefined> => {
  const { services } = asked;
  const offers = new Map(services.offers.map((offer) => [offer, cheaper(offer, worthIdle(offer, asked))]));
  if ([...offers].every(([offer, other]) => offer === other)) return undefined;
  const outcome = await solveFleet(atPrices(services, offers), tools);
  return outcome.kind === "fleet" ? atOwnPrices(services, outcome.fleet, tools) : undefined;
};

/** Micro-dollars that an hour of the horizon is worth to the job that gains most, at what its requests cost where it buys. */
const worthIdle = (offer: Offer, { questions, runs }: JobsToBuyFor): number =>
  Math.max(
    0,
    ...questions.map((question) => {
      const { batch, rules } = question;
      const own = runs.filter((run) => run.batch.need === batch.need);
      const requests = own.reduce((sum, run) => sum + run.requests, 0);
      const unit = requests > 0 ? fastestOn(offer, question) : undefined;
      if (!unit) return 0;
      const perRequest = Number(batchCost(own, rules)) / 1000 / requests;
      return (perRequest * perInstance(unit) * batch.hours) / rules.horizonHours;
    }),
  );

/** No commitment is asked for at less than this share of its price. */
const leastShare = 0.05;

const cheaper = (offer: Offer, less: number): Offer =>
  less <= 0 ? offer : { ...offer, listPrice: priceOf(Math.max(leastShare * Number(offer.listPrice), Number(offer.listPrice) - less)) };

const priceOf = (micro: number): MicroUsd => microUsd(BigInt(Math.ceil(micro)));

const atPrices = (services: FleetProblem, prices: ReadonlyMap<Offer, Offer>): FleetProblem => {
  const shapes = new Map<Candidate["shape"], Candidate["shape"]>();
  const shapeAt = (shape: Candidate["shape"]): Candidate["shape"] => {
    const known = shapes.get(shape) ?? { ...shape, offers: shape.offers.map((offer) => prices.get(offer) ?? offer) };
    shapes.set(shape, known);
    return known;
  };
  return {
    ...services,
    candidates: services.candidates.map((candidate) => ({ ...candidate, shape: shapeAt(candidate.shape) })),
    offers: [...prices.values()],
  };
};

/** The same purchases of the services' own candidates and offers. */
const atOwnPrices = async (
  services: FleetProblem,
  { purchases, groups, backend }: Fleet,
  tools: SolveTools,
): Promise<Fleet | undefined> => {
  const counts = new Map<BuyableUnit, readonly number[]>();
  for (const { unit, counts: ofUnit } of purchases) {
    const own = ownUnit(services, unit);
    if (!own) return undefined;
    counts.set(own, ofUnit);
  }
  const routed = await purchasesOf(services, groups, alone(counts), tools.backends);
  return routed && { groups, purchases: routed, costPerHour: meanCost(counts, groups), boundPerHour: undefined, backend };
};

const ownUnit = ({ candidates, offers, rules }: FleetProblem, { candidate, offer }: BuyableUnit): BuyableUnit | undefined => {
  const own = candidates.find(({ id, need }) => id === candidate.id && need === candidate.need);
  const offered = offers.find(({ id }) => id === offer.id);
  return own && offered && allUnits([own], [offered], rules)[0];
};
