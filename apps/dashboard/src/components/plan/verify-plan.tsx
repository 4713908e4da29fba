"use client";

import { useActionState } from "react";
import { verifyPlan } from "@/components/plan/verify-plan-action.ts";
import { Notice } from "@/components/ui/notice.tsx";
import { SubmitButton } from "@/components/ui/submit-button.tsx";

export const VerifyPlan = ({ id }: { readonly id: string }) => {
  const [outcome, submit] = useActionState(verifyPlan, undefined);
  return (
    <form action={submit} className="space-y-3 print:hidden">
      <input type="hidden" name="id" value={id} />
      <SubmitButton tone="secondary" busy="Verifying…">
        Verify it again
      </SubmitButton>
      <div aria-live="polite">
        {outcome?.kind === "holds" && (
          <Notice tone="good" title="The plan holds">
            Every rule was derived again just now and holds. The same check runs on a downloaded plan:{" "}
            <code className="font-mono">headroom verify plan.json</code>.
          </Notice>
        )}
        {outcome?.kind === "broken" && (
          <Notice tone="bad" title="The plan does not hold">
            <ul className="list-disc pl-5">
              {outcome.violations.map(({ rule, detail }) => (
                <li key={`${rule} ${detail}`}>
                  {rule}: {detail}
                </li>
              ))}
            </ul>
          </Notice>
        )}
        {outcome?.kind === "failed" && (
          <Notice tone="bad" title="It could not be verified">
            {outcome.reason}
          </Notice>
        )}
      </div>
    </form>
  );
};
