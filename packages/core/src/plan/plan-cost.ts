import { type BuyingRules, hoursOfTerm } from "../market/index.ts";
import type { CapacityType } from "../request/plan-request.ts";
import { formatUsd, hoursPerMonth, type MicroUsd, microUsd, noMoney, sumUsd, timesCount, toUsd, usd } from "../units/index.ts";
import type { Plan, PlanCost, PlanLine } from "./plan-document.ts";

/** price × instances of one line, for one hour. */
export const lineCost = ({ usdPerInstanceHour, instances }: PlanLine): MicroUsd => timesCount(usd(usdPerInstanceHour), instances);

export const costPerHour = (lines: readonly PlanLine[]): MicroUsd => sumUsd(lines.map(lineCost));

/** The cost of a plan, from its lines alone. A constant demand costs the same in every hour of the horizon. */
export const planCost = (
  plan: Pick<Plan, "lines" | "demandMet" | "request">,
  { horizonHours }: Pick<BuyingRules, "horizonHours">,
): PlanCost => {
  const { lines } = plan;
  const perHour = costPerHour(lines);
  return {
    usdPerHour: formatUsd(perHour),
    usdPerMonth: formatUsd(timesCount(perHour, hoursPerMonth)),
    usdHorizon: formatUsd(timesCount(perHour, horizonHours)),
    usdUpfront: formatUsd(noMoney),
    usdCommittedBeyondHorizon: formatUsd(sumUsd(lines.map((line) => committedBeyond(line, horizonHours)))),
    byCapacityType: byCapacityType(lines),
    usdPerMillionOutputTokens: perMillionOutputTokens(plan),
  };
};

/** What a commitment still owes when the horizon ends. */
const committedBeyond = (line: PlanLine, horizonHours: number): MicroUsd =>
  line.term === undefined ? noMoney : timesCount(lineCost(line), Math.max(0, hoursOfTerm[line.term] - horizonHours));

const byCapacityType = (lines: readonly PlanLine[]): PlanCost["byCapacityType"] => {
  const sums = new Map<CapacityType, MicroUsd>();
  for (const line of lines) sums.set(line.capacityType, microUsd((sums.get(line.capacityType) ?? noMoney) + lineCost(line)));
  return Object.fromEntries([...sums].toSorted().map(([capacityType, sum]) => [capacityType, formatUsd(sum)]));
};

/** Dollars an hour over the output tokens the demand asks for in that hour. */
const perMillionOutputTokens = ({ lines, demandMet, request }: Pick<Plan, "lines" | "demandMet" | "request">): Record<string, string> =>
  Object.fromEntries(
    request.services.flatMap(({ name, demand }) => {
      const cost = costPerHour(lines.filter((line) => line.for === name));
      const tokensPerSecond = demandMet
        .filter(({ service }) => service === name)
        .reduce(
          (sum, met) =>
            sum + met.requiredRequestsPerSecond * (demand.classes.find((traffic) => traffic.name === met.class)?.oslTokens ?? 0),
          0,
        );
      return tokensPerSecond > 0 ? [[name, formatUsd(usd((toUsd(cost) / (tokensPerSecond * 3600)) * 1e6))]] : [];
    }),
  );
