import {
  type BuyingRules,
  bytes,
  egressPerHour,
  loadAt,
  type MicroUsd,
  microUsd,
  noMoney,
  type ServiceNeed,
  sumUsd,
  toGib,
} from "@headroom/core";
import { lineLoad } from "../extract-plan/line-load.ts";
import { egressPriceOf } from "../formulate/unit-price.ts";
import { leastRequestsOfOne } from "../formulate/way-out.ts";
import type { Fleet, FleetProblem, Purchase } from "./fleet.ts";

type Priced = Pick<FleetProblem, "needs"> & { readonly rules: Pick<BuyingRules, "surcharges"> };

/** What the answers of purchases cost on their way out, in the mean of the hours. */
export const egressOf = (problem: Priced, purchases: readonly Purchase[], groups: Fleet["groups"]): MicroUsd =>
  sumUsd(purchases.map((purchase) => egressOfPurchase(problem, purchase, groups)));

const egressOfPurchase = ({ needs, rules: { surcharges } }: Priced, purchase: Purchase, groups: Fleet["groups"]): MicroUsd => {
  const { unit, shares, counts } = purchase;
  const { need } = unit.candidate;
  const position = needs.indexOf(need);
  const hours = groups.reduce((sum, group) => sum + group.hours.length, 0);
  const tokens = groups.reduce((sum, { hours: inGroup, loads }, group) => {
    const load = loads[position] ?? 0;
    if (load === 0 || (counts[group] ?? 0) === 0) return sum;
    const rate = requestsPerPerson(need, () => lineLoad(purchase, { group, load }).requestLatencySeconds);
    const inHour = need.classes.reduce(
      (all, { amount, shape }, at) => all + amount * load * (shares[group]?.[at] ?? 0) * shape.oslTokens,
      0,
    );
    return sum + inGroup.length * rate * inHour;
  }, 0);
  return egressPerHour(surcharges, unit.offer.instanceType.provider, gibPerHour(need, tokens / hours, surcharges));
};

/** People each send a request every (latency + thinking); a rate is counted in requests already. */
const requestsPerPerson = ({ unit }: ServiceNeed, latencySeconds: () => number): number =>
  unit.kind === "rate" ? 1 : 1 / (latencySeconds() + unit.thinkSeconds);

const gibPerHour = ({ name }: ServiceNeed, tokensPerSecond: number, { bytesPerOutputToken }: BuyingRules["surcharges"]): number =>
  toGib(bytes(tokensPerSecond * 3600 * bytesPerOutputToken(name)));

/**
 * What no fleet of the problem sends its answers for less than: all of a service's traffic through the cheapest network that could
 * carry it, people as slow as the slowest candidate lets them be. Where every network costs the same, what `purchases` send is it.
 */
export const leastEgress = (problem: FleetProblem, purchases: readonly Purchase[], groups: Fleet["groups"]): MicroUsd =>
  sumUsd(
    problem.needs.map((need) => {
      const prices = networkPrices(problem, need);
      const own = purchases.filter(({ unit }) => unit.candidate.need === need);
      const isSettled = own.length > 0 && need.unit.kind === "rate" && prices.size === 1;
      return isSettled ? egressOf(problem, own, groups) : cheapestWayOut(problem, need, prices);
    }),
  );

/** Of a gibibyte, through every network that may serve the service. */
const networkPrices = ({ candidates, offers, rules }: FleetProblem, need: ServiceNeed): ReadonlySet<MicroUsd> => {
  const buyable = new Set(offers);
  const own = candidates.filter((candidate) => candidate.need === need).flatMap(({ shape }) => shape.offers);
  return new Set(own.filter((offer) => buyable.has(offer)).map((offer) => egressPriceOf(offer, rules)));
};

const cheapestWayOut = ({ candidates, rules }: FleetProblem, need: ServiceNeed, prices: ReadonlySet<MicroUsd>): MicroUsd => {
  const [least = 0n] = [...prices].toSorted((a, b) => (a < b ? -1 : 1));
  const rates = candidates.filter((candidate) => candidate.need === need).map(leastRequestsOfOne);
  if (rates.length === 0) return noMoney;
  const hours = need.loadByHour.length;
  const load = need.loadByHour.reduce((sum, _, hour) => sum + loadAt(need, hour), 0) / hours;
  const inHour = need.classes.reduce((sum, { amount, shape }) => sum + amount * load * shape.oslTokens, 0);
  const gib = gibPerHour(need, inHour * Math.min(...rates), rules.surcharges);
  return microUsd(BigInt(Math.floor(gib * Number(least) * (1 - 1e-9))));
};
