import { hoursApart, loadAt, type ServiceNeed } from "../candidates/index.ts";
import { type BuyingRules, egressPerHour } from "../market/index.ts";
import { bytes, formatUsd, roundTo, toGib } from "../units/index.ts";
import type { Plan, PlanLine } from "./plan-document.ts";

interface Routed {
  readonly plan: Pick<Plan, "routing" | "demandMet">;
  readonly needs: readonly ServiceNeed[];
  readonly rules: Pick<BuyingRules, "surcharges">;
}

/**
 * What a line sends out of its provider's network, in the mean of the hours of a week.
 *
 *   GiB an hour = Σ_h Σ_k share_kh · requests per second_kh · oslTokens_k · bytes per token · 3600 / hours / 2³⁰
 *
 * People send as many requests as `demandMet` says, and each line their share of them. Undefined where egress is not priced.
 */
export const lineEgress = (
  { plan, needs, rules: { surcharges } }: Routed,
  line: Pick<PlanLine, "for" | "provider">,
  index: number,
): PlanLine["egress"] => {
  const need = needs.find(({ name }) => name === line.for);
  if (!surcharges.egress || !need) return undefined;
  const tokensPerSecond = need.classes.reduce((sum, traffic) => sum + meanTokens({ plan, needs, need, traffic, index }), 0);
  const gibPerHour = toGib(bytes(tokensPerSecond * 3600 * surcharges.bytesPerOutputToken(need.name)));
  return {
    gibPerHour: roundTo(6, gibPerHour),
    usdPerGib: formatUsd(surcharges.egress(line.provider)),
    usdPerHour: formatUsd(egressPerHour(surcharges, line.provider, gibPerHour)),
  };
};

interface OfClass extends Pick<Routed, "plan" | "needs"> {
  readonly need: ServiceNeed;
  readonly traffic: ServiceNeed["classes"][number];
  readonly index: number;
}

const meanTokens = ({ plan, needs, need, traffic, index }: OfClass): number => {
  const hours = hoursApart(needs);
  const routes = plan.routing.filter((route) => route.service === need.name && route.class === traffic.name);
  const always = routes.find(({ hour }) => hour === undefined);
  const byHour = new Map(routes.map((route) => [route.hour, route]));
  const people = need.unit.kind === "users" ? plan.demandMet.filter((row) => row.service === need.name && row.class === traffic.name) : [];
  const ofPeople = new Map(people.map((row) => [row.hour, row.requiredRequestsPerSecond]));
  let requests = 0;
  for (let hour = 0; hour < hours; hour++) {
    const share = (always ?? byHour.get(hour))?.shares[String(index)] ?? 0;
    requests += share * (need.unit.kind === "users" ? (ofPeople.get(hour) ?? 0) : traffic.amount * loadAt(need, hour));
  }
  return (requests / hours) * traffic.shape.oslTokens;
};
