import type { FleetOutcome } from "./fleet-outcome.ts";

/** Of two answers to one question: the cheaper fleet, with the higher of their bounds. */
export const closerOutcome = (one: FleetOutcome, other: FleetOutcome): FleetOutcome => {
  if (one.kind !== "fleet") return one.kind === "infeasible" ? one : other;
  if (other.kind !== "fleet") return one;
  // Bounds on different sums are no bounds on one another: the one that weighed egress stands.
  if (one.fleet.boundCounts !== other.fleet.boundCounts) return one.fleet.boundCounts === "egress" ? one : other;
  const cheaper = other.fleet.costPerHour < one.fleet.costPerHour ? other.fleet : one.fleet;
  const bounds = [one.fleet.boundPerHour, other.fleet.boundPerHour].filter((bound) => bound !== undefined);
  const highest = bounds.toSorted((a, b) => (a < b ? 1 : -1))[0];
  const boundPerHour = highest !== undefined && highest > cheaper.costPerHour ? cheaper.costPerHour : highest;
  const prices = one.fleet.prices ?? other.fleet.prices;
  return { kind: "fleet", fleet: { ...cheaper, boundPerHour, ...(prices ? { prices } : {}) } };
};

/** Whether an answer is proved less closely than was asked. */
export const isLoose = (outcome: FleetOutcome, relativeGap: number): boolean => {
  if (outcome.kind !== "fleet") return outcome.kind === "out-of-time";
  const { costPerHour, boundPerHour } = outcome.fleet;
  return Number(costPerHour - (boundPerHour ?? 0n)) > relativeGap * Number(costPerHour);
};
