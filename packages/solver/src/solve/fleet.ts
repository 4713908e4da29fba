import { type BuyingRules, type Candidate, divideUsd, type HorizonStage, type MicroUsd, microUsd, timesCount } from "@headroom/core";
import type { SolveLimits } from "../backends/backend.ts";
import type { BuyableUnit, Switching } from "../formulate/buyable-units.ts";
import type { FleetQuestion } from "../formulate/fleet-question.ts";
import type { HourGroup } from "../formulate/hour-groups.ts";
import { networksDiffer } from "../formulate/way-out.ts";
import type { Backends } from "./backends.ts";
import type { UnitCounts } from "./layered-fleet.ts";
import type { PricedBin } from "./priced-bins.ts";
import { routeCheaply } from "./route-cheaply.ts";
import { routeHour } from "./route-hour.ts";
import type { Settled } from "./settle-pools.ts";

/** What is at work of one unit in each hour group, and which share of each class it takes there. */
export interface Purchase {
  readonly unit: BuyableUnit;
  /** In units; parts of one where the instance is shared. */
  readonly counts: readonly number[];
  /** Units paid for: none where another purchase pays for the instances. */
  readonly bought: readonly number[];
  /** The unit of the purchase that pays for the instances. */
  readonly host: BuyableUnit | undefined;
  /** By hour group and class. */
  readonly shares: readonly (readonly number[])[];
}

export interface Fleet {
  readonly groups: readonly HourGroup[];
  readonly purchases: readonly Purchase[];
  /** Mean over the hours. */
  readonly costPerHour: MicroUsd;
  readonly boundPerHour: MicroUsd | undefined;
  /** Whether the bound holds for the machines together with what their answers cost on their way out; absent: for the machines. */
  readonly boundCounts?: "egress";
  /** Of the relaxation that bounds it, where there is one. */
  readonly prices?: readonly PricedBin[];
  readonly backend: string;
}

export interface FleetProblem extends Pick<FleetQuestion, "needs" | "offers" | "rules"> {
  readonly candidates: readonly Candidate[];
  readonly limits: SolveLimits;
  readonly switching: Switching;
  /** near: a fleet close to the best, without a bound. quick: one of few layers, far from the best where kinds must be combined. */
  readonly effort: "whole" | "near" | "quick";
  /**
   * Set where any answer within the gap will do: for one hour the hours' own way has it sooner than the whole program, which then
   * is asked only where that leaves more open.
   */
  readonly begins?: "by hours";
  /** Of what is looked at while time lasts: questions that are parts of one divide it. Absent: all. */
  readonly searchShare?: number;
  /** By the clock of the tools: nothing is begun after it. */
  readonly deadlineMs: number;
  /** Set where an answer is to be the mean over its stages. */
  readonly horizon?: HorizonOfProblem;
}

/** Stages of the horizon, where a question is asked of all of them. */
export interface HorizonOfProblem {
  readonly stages: readonly (Pick<FleetProblem, "needs" | "rules" | "switching"> & { readonly stage: HorizonStage })[];
  /** At the busiest month of the whole. */
  readonly whole: Pick<FleetProblem, "needs" | "rules" | "switching">;
}

export const withRules = (problem: FleetProblem, rules: Partial<BuyingRules>): FleetProblem => ({
  ...problem,
  rules: { ...problem.rules, ...rules },
});

/** Purchases with their routing, in the order of service, offer and candidate. Undefined where a load cannot be routed. */
export const purchasesOf = async (
  { needs, rules }: Pick<FleetProblem, "needs" | "rules">,
  groups: readonly HourGroup[],
  { work, bought, hosts }: Settled,
  backends: Backends,
): Promise<Purchase[] | undefined> => {
  const working = [...work].filter(([, ofUnit]) => ofUnit.some((count) => count > 0));
  const shares = new Map<BuyableUnit, (readonly number[])[]>(working.map(([unit]) => [unit, []]));
  for (const [index, need] of needs.entries()) {
    const own = working.filter(([unit]) => unit.candidate.need === need);
    const known = new Map<string, readonly (readonly number[])[]>();
    for (const [group, { loads }] of groups.entries()) {
      const atWork = own.map(([unit, ofUnit]) => ({ unit, count: ofUnit[group] ?? 0 }));
      const key = [loads[index], ...atWork.map(({ count }) => count)].join(" ");
      const load = loads[index] ?? 0;
      const differ = load > 0 && networksDiffer(atWork.filter(({ count }) => count > 0).map(({ unit }) => unit));
      const route = () => (differ ? routeCheaply({ need, load, atWork, rules }, backends) : routeHour(need, load, atWork, backends));
      const routed = known.get(key) ?? (await route());
      if (!routed) return undefined;
      known.set(key, routed);
      for (const [position, { unit }] of atWork.entries()) shares.get(unit)?.push(routed[position] ?? []);
    }
  }
  return working
    .map(([unit, counts]) => ({
      unit,
      counts,
      bought: bought.get(unit) ?? counts,
      host: hosts.get(unit),
      shares: shares.get(unit) ?? [],
    }))
    .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
};

const keyOf = ({ unit }: Purchase): string => `${unit.candidate.need.name}\n${unit.offer.id}\n${unit.candidate.id}`;

/** Exact: prices over all hours, divided once. */
export const meanCost = (counts: UnitCounts, groups: readonly HourGroup[]): MicroUsd => {
  const hours = groups.reduce((sum, group) => sum + group.hours.length, 0);
  let total = 0n;
  for (const [unit, ofUnit] of counts)
    total += timesCount(
      unit.price,
      groups.reduce((sum, group, index) => sum + group.hours.length * (ofUnit[index] ?? 0), 0),
    );
  return divideUsd(microUsd(total), hours);
};
