import { loadAt, type ServiceNeed } from "../candidates/index.ts";
import { latencyQuantile, operatingPoint } from "../performance/index.ts";
import type { CheckedRule, CheckInput } from "./check-input.ts";
import type { Plan } from "./plan-document.ts";
import { siteOfLine } from "./site-of-line.ts";

/**
 * People send a request every (latency + thinking), and no line is slower than at its claimed most in flight: demandMet may not
 * say that they send fewer, for egress is paid by what they send.
 */
export const checkPeople = (input: CheckInput): CheckedRule => ({
  rule: "people",
  violations: input.needs.flatMap((need) => (need.unit.kind === "users" ? tooFew(input, need) : [])),
});

const tooFew = (input: CheckInput, need: ServiceNeed): string[] => {
  const rates = input.plan.lines.map((line, index) => (line.for === need.name ? leastOfOne(input, need, index) : 0));
  return input.plan.demandMet.flatMap((row) => {
    const traffic = need.classes.find(({ name }) => name === row.class);
    if (row.service !== need.name || !traffic) return [];
    const shares = Object.entries(sharesAt(input.plan, row));
    const least = shares.reduce(
      (sum, [line, share]) => sum + traffic.amount * loadAt(need, row.hour) * share * (rates[Number(line)] ?? 0),
      0,
    );
    return row.requiredRequestsPerSecond >= least * (1 - 1e-4) - 1e-6
      ? []
      : [
          `people of ${need.name} send at least ${least} of ${row.class} a second in hour ${row.hour}, not ${row.requiredRequestsPerSecond}`,
        ];
  });
};

const sharesAt = ({ routing }: Plan, { service, class: name, hour }: Plan["demandMet"][number]): Readonly<Record<string, number>> =>
  routing.find((route) => route.service === service && route.class === name && (route.hour === undefined || route.hour === hour))?.shares ??
  {};

/** Requests per second of one person on a line at its slowest. */
const leastOfOne = ({ plan }: CheckInput, need: ServiceNeed, index: number): number => {
  const line = plan.lines[index];
  const offer = plan.offers.find(({ offerId }) => offerId === line?.offerId);
  const site = line && offer ? siteOfLine(line, need, offer) : undefined;
  if (!line || !site?.ok || need.unit.kind !== "users") return 0;
  const slowest = need.classes.map(({ name, shape }) => {
    const point = operatingPoint(site.value, shape, line.predicted.maxRequestsInFlightPerReplica[name] ?? 1);
    return latencyQuantile(point, shape, need.targets.percentile).requestLatencySeconds;
  });
  return 1 / (Math.max(...slowest) + need.unit.thinkSeconds);
};
