"use server";

import type { Verification } from "@headroom/core";
import { apiClient } from "@/lib/api/api-client.ts";
import { reasonOf } from "@/lib/api/reason-of.ts";

export type VerifyOutcome =
  | { readonly kind: "holds" }
  | { readonly kind: "broken"; readonly violations: Verification["violations"] }
  | { readonly kind: "failed"; readonly reason: string };

/** Has the stored plan checked again, rule by rule. */
export const verifyPlan = async (_before: VerifyOutcome | undefined, form: FormData): Promise<VerifyOutcome> => {
  const client = apiClient();
  const plan = await client.getPlan(String(form.get("id")));
  if (!plan.ok) return { kind: "failed", reason: reasonOf(plan) };
  const verified = await client.verify(plan.value);
  if (!verified.ok) return { kind: "failed", reason: reasonOf(verified) };
  return verified.value.holds ? { kind: "holds" } : { kind: "broken", violations: verified.value.violations };
};
