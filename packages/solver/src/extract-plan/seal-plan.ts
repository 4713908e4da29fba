import { checkPlan, type Explanation, explainInWords, invariant, type Plan, proofChecks, verificationOf } from "@headroom/core";

export interface Told {
  readonly explanation: Explanation;
  /** From the request to here. */
  readonly seconds: number;
}

/** Checks a drafted plan and writes its words. A plan that fails its check is a bug of ours and leaves here as one. */
export const sealPlan = (
  draft: Plan,
  { explanation, seconds }: Told = { explanation: draft.explanation, seconds: draft.proof.seconds },
): Plan => {
  const checks = checkPlan(draft);
  const { holds, violations } = verificationOf(checks);
  invariant(holds, `a plan fails its check: ${violations.map(({ rule, detail }) => `${rule}: ${detail}`).join("; ")}`);
  const plan = { ...draft, explanation, proof: { ...draft.proof, seconds, verified: true, checks: proofChecks(checks) } };
  return { ...plan, explanation: { ...explanation, text: explainInWords(plan) } };
};
