import {
  displayName,
  divideUsd,
  formatUsd,
  type MicroUsd,
  microUsd,
  type RejectionDocument,
  roundTo,
  type ServiceNeed,
  toUsd,
} from "@headroom/core";
import { egressOf } from "../solve/egress.ts";
import { type Fleet, type FleetProblem, meanCost, mostAtWork } from "../solve/fleet.ts";
import { solveFleet } from "../solve/solve-fleet.ts";
import type { SolveTools } from "../solve/solve-tools.ts";

/**
 * Accelerators that would serve a service but cost more: what they cost alone, and the price at which they would tie. One that
 * costs less for this service by itself lost to what the fleet shares, its spot above all, and has no such price.
 */
export const dearerAccelerators = async (
  problem: FleetProblem,
  fleet: Fleet,
  need: ServiceNeed,
  tools: SolveTools,
): Promise<RejectionDocument[]> => {
  const chosen = fleet.purchases.filter(({ unit }) => unit.candidate.need === need);
  const used = new Set(chosen.map(({ unit }) => unit.candidate.shape.accelerator.id));
  const machines = meanCost(new Map(chosen.map(({ unit, counts }) => [unit, counts])), fleet.groups);
  const spent = microUsd(machines + egressOf(problem, chosen, fleet.groups));
  const others = new Map(
    problem.candidates
      .filter((candidate) => candidate.need === need && !used.has(candidate.shape.accelerator.id))
      .map(({ shape }) => [shape.accelerator.id, shape.accelerator]),
  );
  const found: RejectionDocument[] = [];
  for (const [id, accelerator] of [...others].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const alone = await solveFleet(
      {
        ...problem,
        needs: [need],
        candidates: problem.candidates.filter((candidate) => candidate.need === need && candidate.shape.accelerator.id === id),
      },
      tools,
    );
    if (alone.kind === "fleet" && alone.fleet.costPerHour >= spent)
      found.push(dearerThan(alone.fleet, spent, need.name, displayName(accelerator)));
  }
  return found.toSorted((a, b) => (a.required ?? 0) - (b.required ?? 0));
};

const dearerThan = (alone: Fleet, spent: MicroUsd, service: string, accelerator: string): RejectionDocument => {
  const instances = alone.purchases.reduce((sum, purchase) => sum + purchase.unit.instances * mostAtWork(purchase), 0);
  const counts = new Map<string, number>();
  for (const purchase of alone.purchases) {
    const { unit } = purchase;
    const { instanceType, capacityType, term } = unit.offer;
    const what = `${instanceType.name} (${instanceType.provider} ${term ?? capacityType})`;
    counts.set(what, (counts.get(what) ?? 0) + mostAtWork(purchase) * unit.instances);
  }
  const bought = [...counts].map(([what, count]) => `${count} × ${what}`);
  return {
    service,
    what: `${alone.purchases.reduce((sum, purchase) => sum + purchase.unit.accelerators * mostAtWork(purchase), 0)} × ${accelerator}`,
    code: "dearer",
    required: roundTo(6, toUsd(alone.costPerHour)),
    available: roundTo(6, toUsd(spent)),
    unit: "USD per hour",
    detail: `serves it too, for ${formatUsd(alone.costPerHour)} USD per hour with ${bought.join(" and ")}: ${formatUsd(microUsd(alone.costPerHour - spent))} more`,
    wouldEnterAtUsdPerInstanceHour: formatUsd(divideUsd(spent, instances)),
  };
};
