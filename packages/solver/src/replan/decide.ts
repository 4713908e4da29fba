import { type Catalog, checkPlan, type MicroUsd, microUsd, type Plan, type PlanChange, parseUsd, verificationOf } from "@headroom/core";
import { lineChanges, nameOf, priceChanges } from "./compare-plans.ts";
import { priceAgain } from "./price-again.ts";

export interface Question {
  readonly inForce: Plan;
  /** The same request, solved on the catalog. */
  readonly fresh: Plan;
  readonly catalog: Catalog;
  /** A saving must be a larger share than this of what the plan in force costs now. */
  readonly switchThresholdShare: number;
}

export type Verdict =
  | {
      readonly kind: "keep" | "switch";
      /** Absent where the plan in force can no longer be bought, or was none. */
      readonly usdPerHourBefore: MicroUsd | undefined;
      /** Absent where no plan exists on the new catalog. */
      readonly usdPerHourAfter: MicroUsd | undefined;
      readonly saving: MicroUsd | undefined;
      readonly changes: readonly PlanChange[];
    }
  /** The plan in force does not hold any more, and there is no other. */
  | { readonly kind: "no-plan"; readonly reason: string; readonly changes: readonly PlanChange[] };

/**
 * Keep or switch.
 *
 *   the plan in force …   holds                          does not hold
 *   a new plan exists     switch if it saves enough      switch
 *   no plan exists        keep                           no-plan
 *
 * It holds while every offer it names is for sale and it passes the whole check of plans at the new prices.
 */
export const decide = ({ inForce, fresh, catalog, switchThresholdShare }: Question): Verdict => {
  const state = stateOf(inForce, catalog);
  const exists = fresh.status !== "infeasible";
  if (!exists && state.broken.length > 0) return { kind: "no-plan", reason: noPlanReason(fresh, state.broken), changes: state.broken };
  const usdPerHourBefore = state.plan && costOf(state.plan);
  const usdPerHourAfter = exists ? costOf(fresh) : undefined;
  const saving = usdPerHourBefore === undefined || usdPerHourAfter === undefined ? undefined : microUsd(usdPerHourBefore - usdPerHourAfter);
  const switches = exists && (state.broken.length > 0 || savesEnough(saving, usdPerHourBefore, switchThresholdShare));
  const changes = [...state.broken, ...state.prices, ...(exists ? lineChanges(inForce, fresh) : [])];
  return { kind: switches ? "switch" : "keep", usdPerHourBefore, usdPerHourAfter, saving, changes };
};

interface State {
  /** At the new prices. */
  readonly plan: Plan | undefined;
  readonly prices: readonly PlanChange[];
  readonly broken: readonly PlanChange[];
}

const stateOf = (inForce: Plan, catalog: Catalog): State => {
  if (inForce.status === "infeasible") {
    return { plan: undefined, prices: [], broken: [{ kind: "rule-broken", detail: "no plan existed when it was last solved" }] };
  }
  const again = priceAgain(inForce, catalog);
  if (again.kind === "offers-gone") {
    const broken = again.lines.map(
      (line): PlanChange => ({ kind: "offer-gone", detail: `${nameOf(line)} is no longer for sale`, for: line.for, offerId: line.offerId }),
    );
    return { plan: undefined, prices: [], broken };
  }
  const { violations } = verificationOf(checkPlan(again.plan));
  const broken = violations.map(({ rule, detail }): PlanChange => ({ kind: "rule-broken", detail: `${rule}: ${detail}` }));
  return { plan: again.plan, prices: priceChanges(inForce, again.plan), broken };
};

const costOf = ({ cost }: Plan): MicroUsd | undefined => (cost === null ? undefined : parseUsd(cost.usdPerHour));

const savesEnough = (saving: MicroUsd | undefined, before: MicroUsd | undefined, thresholdShare: number): boolean =>
  saving !== undefined && before !== undefined && saving > 0n && Number(saving) > thresholdShare * Number(before);

const noPlanReason = (fresh: Plan, broken: readonly PlanChange[]): string =>
  `no plan exists on the catalog of ${fresh.catalogAsOf}, and the one in force does not hold: ${broken[0]?.detail ?? ""}`;
