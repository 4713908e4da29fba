import { byHour, hourGroups } from "../formulate/hour-groups.ts";
import { type Fleet, type FleetProblem, meanCost, purchasesOf } from "./fleet.ts";
import { unitOn } from "./fleet-beside.ts";
import { alone } from "./fleet-outcome.ts";
import { keepsSpotShare } from "./keeps-spot-share.ts";
import { keepsQuotas } from "./layered-fleet.ts";
import { exceedsBudget } from "./quick-fleet.ts";
import { eachWhole } from "./rounded-fleet.ts";
import type { SolveTools } from "./solve-tools.ts";

/**
 * Another stage's fleet in proportion to what each service asks for here, made whole hour by hour. Undefined where that breaks a
 * rule, or where fleets in proportion need not survive.
 */
export const scaledFleet = async (
  problem: FleetProblem,
  from: { readonly problem: FleetProblem; readonly fleet: Fleet },
  { backends }: SolveTools,
): Promise<Fleet | undefined> => {
  const { needs, rules, candidates } = problem;
  if (rules.survive !== "nothing") return undefined;
  const groups = hourGroups(needs);
  const scaled = from.fleet.purchases.flatMap(({ unit, counts }) => {
    const candidate = candidates.find(({ id, need }) => id === unit.candidate.id && need.name === unit.candidate.need.name);
    const ratio = candidate && (candidate.need.classes[0]?.amount ?? 0) / (unit.candidate.need.classes[0]?.amount ?? 1);
    if (!candidate || ratio === undefined) return [];
    const inHours = byHour(from.fleet.groups, counts);
    return [{ unit: unitOn(unit, candidate), counts: groups.map(({ hours: [hour = 0] }) => (inHours[hour] ?? 0) * ratio) }];
  });
  if (scaled.length < from.fleet.purchases.length) return undefined;
  const units = scaled.map(({ unit }) => unit);
  const question = { needs, units, rules, groups };
  const hours = groups.map((group, at) =>
    eachWhole(
      question,
      group,
      scaled.map(({ counts }) => counts[at] ?? 0),
    ),
  );
  const counts = new Map(units.map((unit, at) => [unit, hours.map((hour) => hour[at] ?? 0)]));
  const costPerHour = meanCost(counts, groups);
  if (!keepsQuotas(question, counts) || !keepsSpotShare(rules, counts) || exceedsBudget(costPerHour, rules)) return undefined;
  const purchases = await purchasesOf(problem, groups, alone(counts), backends);
  return purchases && { groups, purchases, costPerHour, boundPerHour: undefined, backend: from.fleet.backend };
};
