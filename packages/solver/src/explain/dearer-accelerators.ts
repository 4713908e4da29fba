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
import type { Fleet, FleetProblem, Purchase } from "../solve/fleet.ts";
import type { SolveTools } from "../solve/solve-tools.ts";
import { type CountedFleet, cheapestFleet, ofOneKind } from "./restrict.ts";

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
  const spent = microUsd(spentByUse(chosen, fleet) + egressOf(problem, chosen, fleet.groups));
  const others = new Map(
    problem.candidates
      .filter((candidate) => candidate.need === need && !used.has(candidate.shape.accelerator.id))
      .map(({ shape }) => [shape.accelerator.id, shape.accelerator]),
  );
  const found: RejectionDocument[] = [];
  for (const [id, accelerator] of [...others].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const alone = await cheapestFleet(
      ofOneKind({ ...problem, needs: [need] }, (candidate) => candidate.need === need && candidate.shape.accelerator.id === id),
      tools,
    );
    if (alone && alone.costPerHour >= spent) found.push(dearerThan(alone, spent, need.name, displayName(accelerator)));
  }
  return found.toSorted((a, b) => (a.required ?? 0) - (b.required ?? 0));
};

/** What a service's units cost; of shared instances, the part that its replicas use. */
const spentByUse = (chosen: readonly Purchase[], { groups }: Fleet): MicroUsd => {
  const hours = groups.reduce((sum, group) => sum + group.hours.length, 0);
  const total = chosen.reduce((sum, { unit, counts }) => {
    const atWork = groups.reduce((all, group, index) => all + group.hours.length * (counts[index] ?? 0), 0);
    return sum + BigInt(Math.round(Number(unit.price) * atWork));
  }, 0n);
  return divideUsd(microUsd(total), hours);
};

const dearerThan = (alone: CountedFleet, spent: MicroUsd, service: string, accelerator: string): RejectionDocument => {
  const used = [...alone.counts].map(([unit, ofUnit]) => ({ unit, most: Math.max(...ofUnit) })).filter(({ most }) => most > 0);
  const instances = used.reduce((sum, { unit, most }) => sum + unit.instances * most, 0);
  const counts = new Map<string, number>();
  for (const { unit, most } of used) {
    const { instanceType, capacityType, term } = unit.offer;
    const what = `${instanceType.name} (${instanceType.provider} ${term ?? capacityType})`;
    counts.set(what, (counts.get(what) ?? 0) + most * unit.instances);
  }
  const bought = [...counts].map(([what, count]) => `${count} × ${what}`);
  return {
    service,
    what: `${used.reduce((sum, { unit, most }) => sum + unit.accelerators * most, 0)} × ${accelerator}`,
    code: "dearer",
    required: roundTo(6, toUsd(alone.costPerHour)),
    available: roundTo(6, toUsd(spent)),
    unit: "USD per hour",
    detail: `serves it too, for ${formatUsd(alone.costPerHour)} USD per hour with ${bought.join(" and ")}: ${formatUsd(microUsd(alone.costPerHour - spent))} more`,
    wouldEnterAtUsdPerInstanceHour: formatUsd(divideUsd(spent, instances)),
  };
};
