import { checkPlan, explainInWords, invariant, type Plan, proofChecks, verificationOf } from "@headroom/core";

/** Checks a drafted plan and writes its words. A plan that fails its check is a bug of ours and leaves here as one. */
export const sealPlan = (draft: Plan): Plan => {
  const checks = checkPlan(draft);
  const { holds, violations } = verificationOf(checks);
  invariant(holds, `a plan fails its check: ${violations.map(({ rule, detail }) => `${rule}: ${detail}`).join("; ")}`);
  const plan = { ...draft, proof: { ...draft.proof, verified: true, checks: proofChecks(checks) } };
  return { ...plan, explanation: { ...plan.explanation, text: explainInWords(plan) } };
};
