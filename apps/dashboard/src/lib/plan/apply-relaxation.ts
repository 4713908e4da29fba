import { buyingRules, type Explanation, type PlanRequest } from "@headroom/core";
import { formatTotal } from "../format/money.ts";
import { formatShare } from "../format/quantities.ts";

export type Relaxation = NonNullable<Explanation["relaxations"]>[number];

const targetChange = /^(ttftMs|tpotMs|requestLatencyMs) of (.+)$/;

/** The request with one relaxation made; undefined where the change is none that the form knows. */
export const applyRelaxation = (request: PlanRequest, relaxation: Relaxation): PlanRequest | undefined =>
  relaxTarget(request, relaxation) ?? relaxLimit(request, relaxation) ?? dropQuota(request, relaxation);

const relaxTarget = (request: PlanRequest, { change, to }: Relaxation): PlanRequest | undefined => {
  const [, field, service] = targetChange.exec(change) ?? [];
  const ms = Number.parseFloat(to);
  if (field === undefined || !Number.isFinite(ms) || !request.services.some(({ name }) => name === service)) return undefined;
  return {
    ...request,
    services: request.services.map((other) => (other.name === service ? { ...other, slo: { ...other.slo, [field]: ms } } : other)),
  };
};

const relaxLimit = (request: PlanRequest, { change, to }: Relaxation): PlanRequest | undefined => {
  if (change === "budgetUsdPerMonth") return { ...request, limits: { ...request.limits, budgetUsdPerMonth: to } };
  if (change === "spotMaxShare") return { ...request, purchase: { ...request.purchase, spotMaxShare: Number(to) } };
  return undefined;
};

/** Quotas are named by the label that the plan's rules give them. */
const dropQuota = (request: PlanRequest, { change }: Relaxation): PlanRequest | undefined => {
  const rules = buyingRules(request);
  const index = rules.ok ? rules.value.quotas.findIndex(({ label }) => label === change) : -1;
  if (index < 0) return undefined;
  const { quotas = [], ...market } = request.market ?? {};
  const kept = quotas.filter((_, position) => position !== index);
  return { ...request, market: kept.length > 0 ? { ...market, quotas: kept } : market };
};

/** A value of a relaxation with its unit, as the change is spoken of. */
export const relaxedValue = ({ change }: Relaxation, value: string): string => {
  if (change === "budgetUsdPerMonth") return `${formatTotal(value)} USD`;
  return change === "spotMaxShare" ? formatShare(Number(value)) : value;
};

const targetWords = { ttftMs: "First token", tpotMs: "Time per output token", requestLatencyMs: "Whole answer" } as const;

/** "Time per output token of knowledge-base", "Budget a month". */
export const relaxationInWords = ({ change }: Relaxation): string => {
  const [, field, service] = targetChange.exec(change) ?? [];
  if (field !== undefined) return `${targetWords[field as keyof typeof targetWords]} of ${service}`;
  if (change === "budgetUsdPerMonth") return "Budget a month";
  if (change === "spotMaxShare") return "Spot share of the accelerators";
  return change.charAt(0).toUpperCase() + change.slice(1);
};
