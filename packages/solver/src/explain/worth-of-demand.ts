import { formatUsd, microUsd, type ServiceNeed, usd } from "@headroom/core";
import type { Fleet, FleetProblem } from "../solve/fleet.ts";
import { askedOf } from "../solve/fleet-outcome.ts";
import { nearRelaxation } from "../solve/near-fleet.ts";
import type { SolveTools } from "../solve/solve-tools.ts";
import { cheapestCost } from "./restrict.ts";

/** Requests per second or users at once, in the busiest hour. */
export const amountOf = ({ classes }: ServiceNeed): number => classes.reduce((sum, { amount }) => sum + amount, 0);

type Worth = (need: ServiceNeed) => Promise<string | null>;

/** Dollars an hour, in the mean, for one more of a service's demand in its busiest hour and as much more in proportion in the others. */
export const worthOfDemand = async (problem: FleetProblem, fleet: Fleet, tools: SolveTools): Promise<Worth> => {
  const priced = await pricesOfDemand(problem, tools);
  return async (need) => (priced ? formatUsd(usd(priced.get(need) ?? 0)) : costOfOneMore(problem, need, { fleet, tools }));
};

/** Over a week of many machines, by the prices v of its relaxation: Σ_h Σ_k v_hk · load_h / amount. Undefined where these do not tell. */
const pricesOfDemand = async (problem: FleetProblem, { backends }: SolveTools): Promise<ReadonlyMap<ServiceNeed, number> | undefined> => {
  const { effort, needs, rules } = problem;
  if (effort !== "near" || rules.survive !== "nothing" || rules.surcharges.egress) return undefined;
  const relaxed = await nearRelaxation(askedOf(problem), backends);
  if (relaxed.kind !== "relaxed") return undefined;
  const groups = relaxed.bins.flatMap(({ members, prices }) => members.map((member) => ({ ...member, prices })));
  const week = groups.reduce((sum, { hours }) => sum + hours.length, 0);
  const worthOf = (index: number): number =>
    groups.reduce((sum, { hours, loads, prices }) => {
      const perLoad = (prices.classes[index] ?? []).reduce((all, price) => all + price, 0);
      return sum + hours.length * (loads[index] ?? 0) * perLoad;
    }, 0);
  return new Map(needs.map((need, index) => [need, worthOf(index) / week / amountOf(need)]));
};

/** What the cheapest fleet for one more costs more; over many hours, where the service is alone. */
const costOfOneMore = async (
  problem: FleetProblem,
  need: ServiceNeed,
  { fleet, tools }: { readonly fleet: Fleet; readonly tools: SolveTools },
): Promise<string | null> => {
  const total = amountOf(need);
  const more = { ...need, classes: need.classes.map((traffic) => ({ ...traffic, amount: (traffic.amount * (total + 1)) / total })) };
  const asked = problem.effort === "whole" ? problem.needs : [need];
  const costWith = (grown: ServiceNeed) =>
    cheapestCost(
      {
        ...problem,
        needs: asked.map((other) => (other === need ? grown : other)),
        candidates: problem.candidates.flatMap((candidate) => {
          if (candidate.need === need) return [{ ...candidate, need: grown }];
          return asked.includes(candidate.need) ? [candidate] : [];
        }),
      },
      tools,
    );
  const before = problem.effort === "whole" ? fleet.costPerHour : await costWith(need);
  const after = before === undefined ? undefined : await costWith(more);
  return before === undefined || after === undefined ? null : formatUsd(microUsd(after > before ? after - before : 0n));
};
