import { displayName, type Explanation, formatUsd, microUsd } from "@headroom/core";
import type { Fleet, FleetProblem } from "../solve/fleet.ts";
import type { SolveTools } from "../solve/solve-tools.ts";
import { cheapestCost, withOffers } from "./restrict.ts";

/** The cheapest plans that do without one thing the best plan uses: an accelerator, a provider, a way of buying. */
export const runnersUp = async (
  problem: FleetProblem,
  fleet: Pick<Fleet, "purchases" | "costPerHour">,
  tools: SolveTools,
): Promise<Explanation["runnersUp"]> => {
  const changes = new Map<string, FleetProblem>();
  for (const { unit } of fleet.purchases) {
    const { instanceType, capacityType, term } = unit.offer;
    const { accelerator, provider } = instanceType;
    changes.set(
      `without ${displayName(accelerator)}`,
      withOffers(problem, (offer) => offer.instanceType.accelerator.id !== accelerator.id),
    );
    changes.set(
      `without ${provider}`,
      withOffers(problem, (offer) => offer.instanceType.provider !== provider),
    );
    changes.set(
      `without ${term ? `${term} commitments` : capacityType}`,
      withOffers(problem, (offer) => offer.capacityType !== capacityType || offer.term !== term),
    );
  }
  const found: Explanation["runnersUp"] = [];
  for (const [change, restricted] of changes) {
    const cost = await cheapestCost(restricted, tools);
    if (cost === undefined) continue;
    found.push({ change, usdPerHour: formatUsd(cost), differenceUsdPerHour: formatUsd(microUsd(cost - fleet.costPerHour)) });
  }
  return found.toSorted((a, b) => Number(a.usdPerHour) - Number(b.usdPerHour) || (a.change < b.change ? -1 : 1));
};
