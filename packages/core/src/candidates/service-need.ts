import { defaultPercentile, defaultPurchase } from "../defaults.ts";
import { type EngineLimits, resolveEngine, type ServingPrecision } from "../memory/index.ts";
import { type ModelArchitecture, resolveModel } from "../model/index.ts";
import type { RequestShape, Reserve } from "../performance/index.ts";
import type { PlanRequest, ServiceRequest } from "../request/index.ts";
import { milliseconds, type Outcome, refuse, refuseAll, type Seconds, succeed, under } from "../units/index.ts";
import { allowedPrecisions } from "./allowed-precisions.ts";
import { type HorizonStage, wholeHorizon } from "./horizon-stages.ts";
import { loadProfile, zoneOfHours } from "./hours-of-week.ts";

/** The share of requests that every target holds for, and the targets. */
export interface LatencyTargets {
  /** Between 0 and 1. */
  readonly percentile: number;
  readonly ttftSeconds: Seconds | undefined;
  readonly tpotSeconds: Seconds | undefined;
  readonly requestLatencySeconds: Seconds | undefined;
}

/** One kind of request of a service and how much of it there is in the busiest hour, in users or in requests per second. */
export interface ClassDemand {
  readonly name: string;
  readonly shape: RequestShape;
  readonly amount: number;
}

/** How demand is counted: requests that arrive by themselves, or people who each wait for their answer. */
export type DemandUnit = { readonly kind: "rate" } | { readonly kind: "users"; readonly thinkSeconds: number };

/** What a service asks for, with every default decided. */
export interface ServiceNeed {
  readonly name: string;
  readonly model: ModelArchitecture;
  /** One or more; each replica is in one of them. */
  readonly precisions: readonly ServingPrecision[];
  readonly engine: EngineLimits;
  readonly reserve: Reserve;
  readonly targets: LatencyTargets;
  readonly unit: DemandUnit;
  readonly classes: readonly ClassDemand[];
  /** Load of each hour of the week as a share of the classes' amounts, Monday 00:00 first; one entry where all are alike. */
  readonly loadByHour: readonly number[];
  /** Whether it may be on spot at all. */
  readonly spot: "allowed" | "refused";
}

/** Every service, at the demand of the busiest month of a stage; absent: of the horizon. */
export const serviceNeeds = (request: PlanRequest, stage: HorizonStage = wholeHorizon(request)): Outcome<readonly ServiceNeed[]> => {
  const hours = { zone: zoneOfHours(request), horizonHours: request.purchase?.horizonHours ?? defaultPurchase.horizonHours, stage };
  const needs = request.services.map((service, index) => under(`/services/${index}`, serviceNeed(service, hours)));
  const errors = needs.flatMap((need) => (need.ok ? [] : need.errors));
  return errors.length > 0 ? refuseAll(errors) : succeed(needs.flatMap((need) => (need.ok ? [need.value] : [])));
};

/** Hours of the week that a plan tells apart: one where every service's demand is constant. */
export const hoursApart = (needs: readonly ServiceNeed[]): number => Math.max(1, ...needs.map(({ loadByHour }) => loadByHour.length));

export const loadAt = ({ loadByHour }: ServiceNeed, hour: number): number => loadByHour[loadByHour.length === 1 ? 0 : hour] ?? 0;

interface Hours {
  readonly zone: string;
  readonly horizonHours: number;
  readonly stage: HorizonStage;
}

const serviceNeed = (service: ServiceRequest, hours: Hours): Outcome<ServiceNeed> => {
  const resolved = under("/model", resolveModel(service.model));
  if (!resolved.ok) return resolved;
  const model = resolved.value;
  const longest = Math.max(...service.demand.classes.map(({ islTokens, oslTokens }) => islTokens + oslTokens));
  if (longest > model.maxPositionEmbeddings) {
    return refuse("/demand/classes", `${longest} tokens in and out are more than the model's ${model.maxPositionEmbeddings}`);
  }
  const maxModelLen = service.engine?.maxModelLen ?? longest;
  if (longest > maxModelLen) return refuse("/engine/maxModelLen", `must be at least ${longest}, the longest class's tokens in and out`);
  return succeed({
    name: service.name,
    model,
    precisions: allowedPrecisions(model, service),
    engine: { ...resolveEngine(service.engine, model), maxModelLen },
    reserve: { memoryShare: service.reserve?.memoryShare ?? 0, computeShare: service.reserve?.computeShare ?? 0 },
    targets: targetsOf(service),
    ...demandOf(service, hours),
    spot: "allowed",
  });
};

const targetsOf = ({ slo }: ServiceRequest): LatencyTargets => {
  const target = (ms: number | undefined) => (ms === undefined ? undefined : milliseconds(ms));
  return {
    percentile: (slo.percentile ?? defaultPercentile) / 100,
    ttftSeconds: target(slo.ttftMs),
    tpotSeconds: target(slo.tpotMs),
    requestLatencySeconds: target(slo.requestLatencyMs),
  };
};

/** Users are split over the classes by the classes' shares, as requests are. */
const demandOf = ({ demand }: ServiceRequest, hours: Hours): Pick<ServiceNeed, "unit" | "classes" | "loadByHour"> => {
  const asked = demand.requestRatePerSecond;
  const people = typeof asked === "object" && "users" in asked ? asked : undefined;
  const { peak, loadByHour } = loadProfile(demand, hours);
  return {
    unit: people ? { kind: "users", thinkSeconds: people.thinkSeconds ?? 0 } : { kind: "rate" },
    classes: demand.classes.map(({ name, islTokens, oslTokens, prefixHitShare, share }) => ({
      name,
      shape: { islTokens, oslTokens, prefixHitShare: prefixHitShare ?? 0 },
      amount: peak * share,
    })),
    loadByHour,
  };
};
