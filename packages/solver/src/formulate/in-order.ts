import type { BuyingRules, ServiceNeed } from "@headroom/core";

/** Services and their classes by name, so that the order in which a caller lists them decides no tie. */
export const needsInOrder = (needs: readonly ServiceNeed[]): readonly ServiceNeed[] =>
  needs.toSorted(byName).map((need) => ({ ...need, classes: need.classes.toSorted(byName) }));

/** Quotas by what they limit. */
export const rulesInOrder = (rules: BuyingRules): BuyingRules => ({ ...rules, quotas: rules.quotas.toSorted(byText) });

const byName = (a: { readonly name: string }, b: { readonly name: string }): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

const byText = (a: unknown, b: unknown): number => (textOf(a) < textOf(b) ? -1 : 1);

const textOf = (value: unknown): string => JSON.stringify(value, (_key, part) => (typeof part === "bigint" ? `${part}` : part));
