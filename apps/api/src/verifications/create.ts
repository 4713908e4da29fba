import { checkPlan, planDocument, succeed, verification, verificationOf } from "@headroom/core";
import { estimateOperation } from "../http/estimate-operation.ts";

export const createVerificationOperation = estimateOperation({
  path: "/v1/verifications",
  tag: "Plans",
  summary: "Re-derive a plan from its request and offers, and name every rule that it breaks",
  request: planDocument,
  answer: verification,
  estimate: (plan) => succeed(verificationOf(checkPlan(plan))),
});
