"use client";

import { useActionState } from "react";
import { solveAgain } from "@/components/schedule/solve-again-action.ts";
import { SubmitButton } from "@/components/ui/submit-button.tsx";

export const SolveAgain = ({ planId }: { readonly planId: string }) => {
  const [failure, submit] = useActionState(solveAgain, undefined);
  return (
    <form action={submit} className="flex flex-wrap items-center gap-3">
      <input type="hidden" name="planId" value={planId} />
      <p role="status" className="text-bad text-sm empty:hidden">
        {failure}
      </p>
      <SubmitButton tone="secondary" busy="Asking…">
        Solve again now
      </SubmitButton>
    </form>
  );
};
