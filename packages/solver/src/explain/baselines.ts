import { type Explanation, formatUsd, type MicroUsd, microUsd, timesCount } from "@headroom/core";
import type { FleetProblem } from "../solve/solve-fleet.ts";
import type { SolveTools } from "../solve/solve-tools.ts";
import { cheapestCost, withCandidates, withOffers } from "./restrict.ts";

/** What simpler ways of buying would cost per hour; null where a way does not serve the request at all. */
export const baselines = async (problem: FleetProblem, tools: SolveTools): Promise<Explanation["baselines"]> => {
  const onDemandOnly = await cheapestCost(
    withOffers(problem, ({ capacityType }) => capacityType === "on-demand"),
    tools,
  );
  const allReserved = await cheapestCost(
    withOffers(problem, ({ capacityType }) => capacityType === "reserved"),
    tools,
  );
  const single = await cheapestSingleType(problem, tools);
  return {
    onDemandOnly: orNull(onDemandOnly),
    cheapestSingleType: orNull(single?.cost),
    allReserved: orNull(allReserved),
    popularRule: orNull(popularRule(problem)),
  };
};

const orNull = (cost: MicroUsd | undefined): string | null => (cost === undefined ? null : formatUsd(cost));

/** Everything on one accelerator, whichever is cheapest. */
const cheapestSingleType = async (problem: FleetProblem, tools: SolveTools): Promise<{ cost: MicroUsd } | undefined> => {
  const accelerators = new Set(problem.candidates.map(({ shape }) => shape.accelerator.id));
  let cheapest: MicroUsd | undefined;
  for (const id of accelerators) {
    const cost = await cheapestCost(
      withCandidates(problem, ({ shape }) => shape.accelerator.id === id),
      tools,
    );
    if (cost !== undefined && (cheapest === undefined || cost < cheapest)) cheapest = cost;
  }
  return cheapest === undefined ? undefined : { cost: cheapest };
};

/**
 * The rule that articles repeat: spot below 50 % of peak demand, reserved below 80 %, on-demand above. With a constant
 * demand that is half, three tenths and the rest of the cheapest machine that is sold on all three terms.
 */
const popularRule = ({ needs, candidates, offers }: FleetProblem): MicroUsd | undefined => {
  let total = 0n;
  for (const need of needs) {
    const costs = candidates
      .filter((candidate) => candidate.need === need && candidate.instancesPerReplica === 1)
      .flatMap((candidate) => {
        const cheapest = (capacityType: string) =>
          candidate.shape.offers
            .filter((offer) => offers.includes(offer) && offer.capacityType === capacityType)
            .map(({ listPrice }) => listPrice)
            .toSorted((a, b) => (a < b ? -1 : 1))[0];
        const [spot, reserved, onDemand] = [cheapest("spot"), cheapest("reserved"), cheapest("on-demand")];
        if (spot === undefined || reserved === undefined || onDemand === undefined) return [];
        const load = need.classes.reduce((sum, { amount }, index) => sum + amount / (candidate.capacities[index]?.amount ?? 0), 0);
        const instances = Math.ceil(load / candidate.replicasPerInstance - 1e-9);
        const onSpot = Math.floor(instances * 0.5);
        const committed = Math.floor(instances * 0.8) - onSpot;
        return [
          microUsd(timesCount(spot, onSpot) + timesCount(reserved, committed) + timesCount(onDemand, instances - onSpot - committed)),
        ];
      });
    const [least] = costs.toSorted((a, b) => (a < b ? -1 : 1));
    if (least === undefined) return undefined;
    total += least;
  }
  return microUsd(total);
};
