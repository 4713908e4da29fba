import { dependableShare } from "../candidates/index.ts";
import { latencyQuantile, operatingPoint } from "../performance/index.ts";
import type { CheckedRule, CheckInput } from "./check-input.ts";
import type { PlanLine } from "./plan-document.ts";
import { siteOfLine } from "./site-of-line.ts";

/** Sums of floats may miss a whole by this much. */
const tolerance = 1e-7;

/** Every class is routed in full, and no line is routed more than it can take. */
export const checkDemand = (input: CheckInput): CheckedRule[] => [
  { rule: "demand", violations: routingViolations(input) },
  { rule: "capacity", violations: input.plan.lines.flatMap((line, index) => capacityViolations(input, line, index)) },
];

const routingViolations = ({ plan, needs }: CheckInput): string[] =>
  needs.flatMap((need) =>
    need.classes.flatMap(({ name }) => {
      const routes = plan.routing.filter((route) => route.service === need.name && route.class === name);
      const [route] = routes;
      if (!route || routes.length > 1) return [`class ${name} of ${need.name} is routed ${routes.length} times`];
      const shares = Object.entries(route.shares);
      const strange = shares.filter(([line, share]) => plan.lines[Number(line)]?.for !== need.name || !(share >= 0));
      const total = shares.reduce((sum, [, share]) => sum + share, 0);
      return [
        ...strange.map(([line, share]) => `class ${name} of ${need.name} sends a share of ${share} to line ${line}`),
        ...(Math.abs(total - 1) <= tolerance ? [] : [`class ${name} of ${need.name} is served to a share of ${total}`]),
      ];
    }),
  );

/** Work of a line: each class's demand over what one replica takes of it inside the targets. */
const capacityViolations = ({ plan, needs }: CheckInput, line: PlanLine, index: number): string[] => {
  const need = needs.find(({ name }) => name === line.for);
  const offer = plan.offers.find(({ offerId }) => offerId === line.offerId);
  const site = need && offer ? siteOfLine(line, need, offer) : undefined;
  if (!need || !site?.ok) return [`line ${index} cannot be placed`];
  const replicasNeeded = need.classes.reduce((sum, { name, shape, amount }) => {
    const share = plan.routing.find((route) => route.service === need.name && route.class === name)?.shares[String(index)] ?? 0;
    if (share === 0) return sum;
    const running = line.predicted.maxRequestsInFlightPerReplica[name] ?? 0;
    const point = operatingPoint(site.value, shape, running);
    const latency = latencyQuantile(point, shape, need.targets.percentile).requestLatencySeconds;
    const usable = 1 - need.reserve.computeShare;
    const taken =
      need.unit.kind === "rate" ? point.requestRate * usable : (running * usable * (latency + need.unit.thinkSeconds)) / latency;
    return sum + (amount * share) / taken;
  }, 0);
  const dependable = line.replicas * dependableShare(line.capacityType);
  return replicasNeeded <= dependable * (1 + tolerance)
    ? []
    : [`line ${index} needs ${replicasNeeded} replicas and can count on ${dependable}`];
};
