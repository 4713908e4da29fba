export type IntegrityRule = "spot-above-on-demand" | "reserved-above-on-demand" | "outlier-price" | "stale-price" | "sudden-jump";

/** Something about an offer that a person should look at before a plan rests on it. */
export interface IntegrityFinding {
  readonly offerId: string;
  readonly rule: IntegrityRule;
  readonly detail: string;
}
