import { hoursApart, loadAt, type ServiceNeed } from "../candidates/index.ts";
import { failureZone } from "../market/index.ts";
import { takenByReplica } from "./check-demand.ts";
import type { CheckedRule, CheckInput } from "./check-input.ts";
import { countAt } from "./hourly-count.ts";
import type { PlanLine } from "./plan-document.ts";

const tolerance = 1e-7;

/** What a line adds in an hour, as a share of the service's busiest hour at its own mix of classes. */
interface Part {
  readonly zone: string;
  readonly carries: number;
  /** Of one instance; where a replica spans several, the loss of one takes the whole replica. */
  readonly ofOneInstance: number;
}

/** Without spot and without the worst single loss, every service is still carried, each line serving the mix of classes. */
export const checkSurvival = (input: CheckInput): CheckedRule[] => {
  const { survive } = input.rules;
  if (survive === "nothing") return [];
  const violations = input.needs.flatMap((need) => {
    const lines = input.plan.lines.flatMap((line) => {
      const share = line.for === need.name && line.capacityType !== "spot" ? shareOfReplica(input, line, need) : undefined;
      return share === undefined ? [] : [{ line, share }];
    });
    return Array.from({ length: hoursApart(input.needs) }, (_, hour) => hour).flatMap((hour) => {
      const parts = lines.map(({ line, share }) => partOf(input, line, share, hour)).filter(({ carries }) => carries > 0);
      const left =
        parts.reduce((sum, { carries }) => sum + carries, 0) - (survive === "one-zone" ? worstZone(parts) : worstInstance(parts));
      return left >= loadAt(need, hour) - tolerance
        ? []
        : [`${need.name} does not survive the loss of ${survive.replace("-", " ")} in hour ${hour}`];
    });
  });
  return [{ rule: "survival", violations }];
};

const shareOfReplica = (input: CheckInput, line: PlanLine, need: ServiceNeed): number | undefined => {
  const taken = takenByReplica(input, line, need);
  return taken && 1 / need.classes.reduce((sum, { amount }, position) => sum + amount / (taken[position] ?? 0), 0);
};

const partOf = ({ plan }: CheckInput, line: PlanLine, share: number, hour: number): Part => {
  const offer = plan.offers.find(({ offerId }) => offerId === line.offerId);
  return {
    zone: failureZone(offer ?? line),
    carries: countAt(line.replicas, hour) * share,
    ofOneInstance: line.replicasPerInstance * share,
  };
};

const worstInstance = (parts: readonly Part[]): number => Math.max(0, ...parts.map(({ ofOneInstance }) => ofOneInstance));

const worstZone = (parts: readonly Part[]): number => {
  const zones = new Map<string, number>();
  for (const { zone, carries } of parts) zones.set(zone, (zones.get(zone) ?? 0) + carries);
  return Math.max(0, ...zones.values());
};
