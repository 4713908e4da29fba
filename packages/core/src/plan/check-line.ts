import type { ServiceNeed } from "../candidates/index.ts";
import { findAccelerator } from "../hardware/index.ts";
import { mayBuy, type PricedOffer } from "../market/index.ts";
import { acceleratorsOf, inferenceMemory, perAcceleratorOf } from "../memory/index.ts";
import { latencyQuantile, operatingPoint, runningLimit } from "../performance/index.ts";
import { hoursPerWeek, toMs } from "../units/index.ts";
import { type CheckedRule, type CheckInput, needOfLine } from "./check-input.ts";
import { countAt, mostOf } from "./hourly-count.ts";
import { payingLine } from "./paying-line.ts";
import type { Plan, PlanLine } from "./plan-document.ts";
import { siteOfLine } from "./site-of-line.ts";

/** Answers are rounded to a few decimals; recomputed figures may differ by that much. */
const roundingShare = 1e-5;

const agree = (claimed: number, derived: number): boolean => Math.abs(claimed - derived) <= roundingShare * Math.max(1, Math.abs(derived));

/** What must hold for one line by itself. */
export const checkLine = (input: CheckInput, index: number): CheckedRule[] => {
  const { plan, rules } = input;
  const line = plan.lines[index];
  const need = line && needOfLine(input, line);
  const offer = plan.offers.find(({ offerId }) => offerId === line?.offerId);
  if (!line || !need || !offer) return [{ rule: "offers", violations: [`line ${index} names a service or an offer that is not there`] }];
  const numbered = (violations: readonly string[]) => violations.map((violation) => `line ${index}: ${violation}`);
  return [
    { rule: "offers", violations: numbered(offerViolations(line, offer)) },
    {
      rule: "purchase and market",
      violations: numbered(
        marketViolations(offer, plan.request, mayBuy(offer, rules) && (offer.capacityType !== "spot" || need.spot === "allowed")),
      ),
    },
    { rule: "whole counts", violations: numbered(countViolations(line)) },
    ...servingRules(line, need, offer).map(({ rule, violations }) => ({ rule, violations: numbered(violations) })),
  ];
};

const sameFields = ["provider", "region", "instanceType", "accelerator", "acceleratorsPerInstance", "capacityType", "term"] as const;
const provenance = ["priceTrust", "priceSource", "priceDate"] as const;

const offerViolations = (line: PlanLine, offer: PricedOffer): string[] =>
  [...sameFields, ...provenance].flatMap((field) =>
    line[field] === offer[field] ? [] : [`${field} is ${line[field]} and the offer says ${offer[field]}`],
  );

const marketViolations = (offer: PricedOffer, { market }: Plan["request"], allowed: boolean): string[] => {
  const lists: readonly (readonly [readonly string[] | undefined, string])[] = [
    [market?.providers, offer.provider],
    [market?.regions, offer.region],
    [market?.instanceTypes, offer.instanceType],
    [market?.accelerators?.map(acceleratorId), offer.accelerator],
  ];
  const owned = offer.capacityType === "owned";
  return [
    ...(allowed ? [] : [`${offer.capacityType} ${offer.term ?? ""} is not among what may be bought`]),
    ...lists.flatMap(([list, value]) =>
      list && !owned && !list.includes(value) ? [`${value} is not among what the request lets through`] : [],
    ),
  ];
};

const acceleratorId = (name: string): string => {
  const found = findAccelerator(name);
  return found.ok ? found.value.id : name;
};

const countViolations = (line: PlanLine): string[] => {
  const { instances, replicas, instancesPerReplica, replicasPerInstance, acceleratorsPerInstance } = line;
  const onOthers = payingLine(line) !== undefined;
  if ((mostOf(instances) < 1 && !onOthers) || mostOf(replicas) < 1) return ["a line buys nothing in any hour"];
  const whole = [instancesPerReplica, replicasPerInstance].every((count) => Number.isSafeInteger(count) && count >= 1);
  if (!whole) return ["counts must be whole and at least 1"];
  const perReplica = acceleratorsOf(line.layout);
  const packs =
    instancesPerReplica > 1
      ? replicasPerInstance === 1 && perReplica <= instancesPerReplica * acceleratorsPerInstance
      : perReplica * replicasPerInstance <= acceleratorsPerInstance;
  if (!packs) return [`replicas of ${perReplica} accelerators do not fit on instances of ${acceleratorsPerInstance}`];
  return hoursOfLine(line).flatMap((hour) => {
    const [bought, running] = [countAt(instances, hour), countAt(replicas, hour)];
    if (![bought, running].every((count) => Number.isSafeInteger(count) && count >= 0)) return ["counts must be whole and not negative"];
    return onOthers || running * instancesPerReplica <= bought * replicasPerInstance
      ? []
      : [`${running} replicas of ${perReplica} accelerators do not fit on ${bought} instances of ${acceleratorsPerInstance}`];
  });
};

const hoursOfLine = ({ instances, replicas }: PlanLine): number[] =>
  typeof instances === "number" && typeof replicas === "number" ? [0] : Array.from({ length: hoursPerWeek }, (_, hour) => hour);

const servingRules = (line: PlanLine, need: ServiceNeed, offer: PricedOffer): CheckedRule[] => {
  const site = siteOfLine(line, need, offer);
  if (!site.ok) return [{ rule: "memory", violations: site.errors.map(({ detail }) => detail) }];
  const { replica, accelerator } = site.value;
  const memory = inferenceMemory({
    ...replica,
    visibleBytes: accelerator.visibleBytes,
    family: accelerator.family,
    reserveShare: need.reserve.memoryShare,
  });
  const derived = perAcceleratorOf(memory);
  const parts = Object.keys(derived) as (keyof typeof derived)[];
  return [
    {
      rule: "memory",
      violations: [
        ...(memory.freeBytes < 0 ? ["the model does not fit"] : []),
        ...parts.flatMap((part) =>
          agree(line.memory[part], derived[part]) ? [] : [`${part} is ${derived[part]}, not ${line.memory[part]}`],
        ),
      ],
    },
    { rule: "latency", violations: need.classes.flatMap((traffic) => latencyViolations(line, need, traffic, site.value)) },
  ];
};

type Site = Extract<ReturnType<typeof siteOfLine>, { ok: true }>["value"];

const latencyViolations = (line: PlanLine, need: ServiceNeed, { name, shape }: ServiceNeed["classes"][number], site: Site): string[] => {
  const most = line.predicted?.maxRequestsInFlightPerReplica[name] ?? 0;
  const limit = runningLimit(site, shape, need.reserve);
  if (!(Number.isSafeInteger(most) && most >= 1 && most <= limit.requests))
    return [`${most} requests of ${name} in flight, where ${limit.requests} can run`];
  const point = operatingPoint(site, shape, most);
  const at = latencyQuantile(point, shape, need.targets.percentile);
  const rate = point.requestRate * (1 - need.reserve.computeShare);
  const claimed = line.predicted?.requestsPerSecondPerReplica[name] ?? 0;
  const { ttftSeconds, tpotSeconds, requestLatencySeconds } = need.targets;
  const targets = [
    ["first token", ttftSeconds, at.ttftSeconds],
    ["token", tpotSeconds, at.tpotSeconds],
    ["answer", requestLatencySeconds, at.requestLatencySeconds],
  ] as const;
  return [
    ...(agree(claimed, rate) ? [] : [`a replica serves ${rate} requests per second of ${name}, not ${claimed}`]),
    ...targets.flatMap(([what, target, reached]) =>
      target !== undefined && reached > target ? [`the ${what} of ${name} takes ${toMs(reached)} ms, more than ${toMs(target)} ms`] : [],
    ),
  ];
};
