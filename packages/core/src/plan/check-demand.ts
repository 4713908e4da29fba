import { dependableShare, hoursApart, loadAt, type ServiceNeed } from "../candidates/index.ts";
import { latencyQuantile, operatingPoint } from "../performance/index.ts";
import type { CheckedRule, CheckInput } from "./check-input.ts";
import { countAt } from "./hourly-count.ts";
import type { Plan, PlanLine } from "./plan-document.ts";
import { routesByClass, type Shares } from "./routes-by-class.ts";
import { rowsByClass } from "./rows-by-class.ts";
import { siteOfLine } from "./site-of-line.ts";

/** Sums of floats may miss a whole by this much. */
const tolerance = 1e-7;

/** Every class is routed in full in every hour, and no line is routed more than it can take. */
export const checkDemand = (input: CheckInput): CheckedRule[] => {
  const routeOf = routesByClass(input.plan.routing);
  return [
    { rule: "demand", violations: routingViolations(input, routeOf) },
    {
      rule: "capacity",
      violations: input.plan.lines.flatMap((line, index) =>
        line.training || line.batch ? [] : capacityViolations(input, routeOf, { line, index }),
      ),
    },
    { rule: "demand met", violations: metViolations(input) },
  ];
};

type RoutesByClass = ReturnType<typeof routesByClass>;

const hoursOf = ({ needs }: CheckInput): number[] => Array.from({ length: hoursApart(needs) }, (_, hour) => hour);

const routingViolations = (input: CheckInput, routeOf: RoutesByClass): string[] => {
  const { plan, needs } = input;
  const known = new Map(needs.map(({ name, classes }) => [name, new Set(classes.map((traffic) => traffic.name))]));
  const strange = plan.routing.filter((route) => known.get(route.service)?.has(route.class) !== true);
  const hours = hoursOf(input);
  return [
    ...strange.map(({ service, class: name }) => `${name} of ${service} is routed and not asked for`),
    ...needs.flatMap((need) =>
      need.classes.flatMap(({ name }) => {
        const sharesAt = routeOf(need.name, name);
        return hours.flatMap((hour) => (loadAt(need, hour) === 0 ? [] : shareViolations(plan, need, name, sharesAt(hour))));
      }),
    ),
  ];
};

const shareViolations = (plan: Plan, need: ServiceNeed, name: string, shares: Shares | undefined): string[] => {
  if (!shares) return [`class ${name} of ${need.name} is not routed exactly once in each hour`];
  const all = Object.entries(shares);
  const strange = all.filter(([at, share]) => {
    const line = plan.lines[Number(at)];
    return line?.for !== need.name || line.batch !== undefined || !(share >= 0);
  });
  const total = all.reduce((sum, [, share]) => sum + share, 0);
  return [
    ...strange.map(([line, share]) => `class ${name} of ${need.name} sends a share of ${share} to line ${line}`),
    ...(Math.abs(total - 1) <= tolerance ? [] : [`class ${name} of ${need.name} is served to a share of ${total}`]),
  ];
};

/** How much of each class, in the demand's own unit, one replica of a line takes inside the targets. */
export const takenByReplica = ({ plan }: CheckInput, line: PlanLine, need: ServiceNeed): number[] | undefined => {
  const offer = plan.offers.find(({ offerId }) => offerId === line.offerId);
  const site = offer ? siteOfLine(line, need, offer) : undefined;
  if (!site?.ok) return undefined;
  const usable = 1 - need.reserve.computeShare;
  return need.classes.map(({ name, shape }) => {
    const running = line.predicted?.maxRequestsInFlightPerReplica[name] ?? 0;
    const point = operatingPoint(site.value, shape, running);
    const latency = latencyQuantile(point, shape, need.targets.percentile).requestLatencySeconds;
    return need.unit.kind === "rate" ? point.requestRate * usable : (running * usable * (latency + need.unit.thinkSeconds)) / latency;
  });
};

/** Work of a line in each hour: each class's demand over what one replica takes of it. */
const capacityViolations = (
  input: CheckInput,
  routeOf: RoutesByClass,
  { line, index }: { readonly line: PlanLine; readonly index: number },
): string[] => {
  const need = input.needs.find(({ name }) => name === line.for);
  // What is not there takes nothing: a staged plan has many lines that are there in other stages.
  const taken = need && (line.replicas === 0 ? [] : takenByReplica(input, line, need));
  if (!need || !taken) return [`line ${index} cannot be placed`];
  const routes = need.classes.map(({ name }) => routeOf(need.name, name));
  return hoursOf(input).flatMap((hour) => {
    const needed = need.classes.reduce((sum, { amount }, position) => {
      const share = routes[position]?.(hour)?.[String(index)] ?? 0;
      return share === 0 ? sum : sum + (amount * loadAt(need, hour) * share) / (taken[position] ?? 0);
    }, 0);
    const dependable = countAt(line.replicas, hour) * dependableShare(line.capacityType);
    return needed <= dependable * (1 + tolerance) + tolerance
      ? []
      : [`line ${index} needs ${needed} replicas in hour ${hour} and can count on ${dependable}`];
  });
};

/** The rows of demandMet stand once for each class and hour, ask what the request asks, and provide no less. */
const metViolations = (input: CheckInput): string[] => {
  const rowsOf = rowsByClass(input.plan.demandMet);
  const hours = hoursOf(input);
  const expected = input.needs.reduce((sum, { classes }) => sum + classes.length * hours.length, 0);
  const missing = input.plan.demandMet.length === expected ? [] : ["demandMet does not have one row for each class and hour"];
  const wrong = input.needs.flatMap((need) =>
    need.classes.flatMap(({ name, amount }) => {
      const rows = new Map(rowsOf(need.name, name).map((row) => [row.hour, row]));
      return hours.flatMap((hour) => {
        const row = rows.get(hour);
        if (!row) return [`class ${name} of ${need.name} has no row for hour ${hour}`];
        const asked = amount * loadAt(need, hour);
        const isRight = need.unit.kind === "users" || Math.abs(row.requiredRequestsPerSecond - asked) <= 1e-5 * Math.max(1, asked);
        return isRight && row.providedRequestsPerSecond >= row.requiredRequestsPerSecond * (1 - 1e-5) - 1e-6
          ? []
          : [
              `class ${name} of ${need.name} is said to get ${row.providedRequestsPerSecond} of ${row.requiredRequestsPerSecond} in hour ${hour}, where ${asked} is asked`,
            ];
      });
    }),
  );
  return [...missing, ...wrong];
};
