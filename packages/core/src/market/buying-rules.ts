import { defaultPurchase } from "../defaults.ts";
import { findAccelerator } from "../hardware/index.ts";
import type { CapacityType, CommitmentTerm, PlanRequest, Survival } from "../request/plan-request.ts";
import { type FieldError, hoursPerYear, type MicroUsd, type Outcome, parseUsd, refuseAll, succeed } from "../units/index.ts";
import type { Offer } from "./catalog.ts";
import { type Surcharges, surchargesOf } from "./surcharges.ts";

export const hoursOfTerm: Readonly<Record<CommitmentTerm, number>> = { "1y": hoursPerYear, "3y": 3 * hoursPerYear };

/** What a quota can see of an offer. */
export interface SoldAs {
  readonly offerId: string;
  readonly accelerator: string;
  readonly instanceType: string;
  readonly region: string;
  readonly capacityType: CapacityType;
}

/** An upper limit on what may be bought, over all services together. */
export interface QuotaRule {
  readonly label: string;
  readonly max: number;
  readonly counts: "accelerators" | "instances";
  readonly covers: (sold: SoldAs) => boolean;
}

/** How the caller wants to buy, with every default decided. */
export interface BuyingRules {
  readonly capacityTypes: readonly CapacityType[];
  readonly commitmentTerms: readonly CommitmentTerm[];
  readonly spotMaxShare: number;
  readonly horizonHours: number;
  readonly quotas: readonly QuotaRule[];
  readonly budgetPerMonth: MicroUsd | undefined;
  readonly survive: Survival;
  /** Whether replicas of different services may share an instance. */
  readonly shareInstances: boolean;
  readonly surcharges: Surcharges;
}

export const buyingRules = (request: PlanRequest): Outcome<BuyingRules> => {
  const { purchase, market, limits } = request;
  const horizonHours = purchase?.horizonHours ?? defaultPurchase.horizonHours;
  const quotas = (market?.quotas ?? []).map((quota, index) => quotaRule(quota, index));
  const errors: FieldError[] = quotas.flatMap((quota) => (quota.ok ? [] : quota.errors));
  if (errors.length > 0) return refuseAll(errors);
  const budget = limits?.budgetUsdPerMonth;
  return succeed({
    capacityTypes: purchase?.capacityTypes ?? [...defaultPurchase.capacityTypes, ...(market?.owned ? (["owned"] as const) : [])],
    commitmentTerms: purchase?.commitmentTerms ?? (["1y", "3y"] as const).filter((term) => hoursOfTerm[term] <= horizonHours),
    spotMaxShare: purchase?.spotMaxShare ?? defaultPurchase.spotMaxShare,
    horizonHours,
    quotas: quotas.flatMap((quota) => (quota.ok ? [quota.value] : [])),
    budgetPerMonth: budget === undefined ? undefined : parseUsd(budget),
    survive: purchase?.survive ?? defaultPurchase.survive,
    shareInstances: canShare(request) && (purchase?.shareInstances ?? defaultPurchase.shareInstances),
    surcharges: surchargesOf(request),
  });
};

/** Nothing is shared beside jobs, where demand grows, where something must survive, or where storage or egress is priced. */
const canShare = (request: PlanRequest): boolean => {
  const { services, batchJobs = [], trainingJobs = [], purchase } = request;
  const { storage, egress } = surchargesOf(request);
  return (
    services.length > 1 &&
    batchJobs.length + trainingJobs.length === 0 &&
    services.every(({ demand: { growthPerMonth = 0 } }) => growthPerMonth === 0) &&
    (purchase?.survive ?? defaultPurchase.survive) === "nothing" &&
    storage === undefined &&
    egress === undefined
  );
};

/** Whether an offer may be bought at all under the rules. */
export const mayBuy = (
  offer: { readonly capacityType: CapacityType; readonly term?: CommitmentTerm | undefined },
  { capacityTypes, commitmentTerms }: BuyingRules,
): boolean => capacityTypes.includes(offer.capacityType) && (offer.term === undefined || commitmentTerms.includes(offer.term));

export const soldAs = ({ id, instanceType, region, capacityType }: Offer): SoldAs => ({
  offerId: id,
  accelerator: instanceType.accelerator.id,
  instanceType: instanceType.name,
  region,
  capacityType,
});

type QuotaRequest = NonNullable<NonNullable<PlanRequest["market"]>["quotas"]>[number];

const quotaRule = (quota: QuotaRequest, index: number): Outcome<QuotaRule> => {
  const accelerator = quota.accelerator === undefined ? undefined : findAccelerator(quota.accelerator);
  if (accelerator && !accelerator.ok) {
    return refuseAll(accelerator.errors.map(({ detail }) => ({ pointer: `/market/quotas/${index}/accelerator`, detail })));
  }
  const acceleratorId = accelerator?.value.id;
  const where = [quota.region, quota.capacityType].filter((word) => word !== undefined).join(", ");
  return succeed({
    label: `quota of ${quota.max} ${acceleratorId ?? quota.instanceType}${where ? ` (${where})` : ""}`,
    max: quota.max,
    counts: acceleratorId === undefined ? "instances" : "accelerators",
    covers: ({ accelerator: sold, instanceType, region, capacityType }) =>
      (acceleratorId === undefined || sold === acceleratorId) &&
      (quota.instanceType === undefined || instanceType === quota.instanceType) &&
      (quota.region === undefined || region === quota.region) &&
      (quota.capacityType === undefined || capacityType === quota.capacityType),
  });
};

/** Decided once and paid for in every hour of the horizon, used or not. */
export const isCommitted = ({ capacityType }: { readonly capacityType: CapacityType }): boolean =>
  capacityType === "reserved" || capacityType === "owned";

/** What is lost together: the zone where it is named, else the region. */
export const failureZone = ({
  provider,
  region,
  zone,
}: {
  readonly provider: string;
  readonly region: string;
  readonly zone?: string | undefined;
}): string => [provider, zone ?? region].join("/");

/** An offer that can run out is a limit like any other. */
export const stockRules = (offers: readonly Offer[]): QuotaRule[] =>
  offers.flatMap(({ id, stock }) =>
    stock === undefined
      ? []
      : [{ label: `stock of ${stock} ${id}`, max: stock, counts: "instances" as const, covers: ({ offerId }: SoldAs) => offerId === id }],
  );
