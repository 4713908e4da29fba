import type { PlanChange } from "@headroom/core";

export interface ChangeGroup {
  readonly kind: PlanChange["kind"];
  readonly title: string;
  readonly changes: readonly PlanChange[];
}

/** In the order that they matter: what makes the plan in force impossible, what to do, and what moved. */
const titles: Readonly<Record<PlanChange["kind"], string>> = {
  "offer-gone": "Offers that are gone",
  "rule-broken": "Rules that the plan in force breaks",
  "line-added": "Lines added",
  "line-removed": "Lines removed",
  "line-resized": "Lines resized",
  price: "Prices changed",
};

export const groupChanges = (changes: readonly PlanChange[]): ChangeGroup[] =>
  (Object.keys(titles) as PlanChange["kind"][])
    .map((kind) => ({ kind, title: titles[kind], changes: changes.filter((change) => change.kind === kind) }))
    .filter((group) => group.changes.length > 0);
