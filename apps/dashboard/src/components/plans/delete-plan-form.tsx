"use client";

import { type ReactNode, useActionState } from "react";
import { deletePlan } from "@/components/plans/delete-plan-action.ts";
import { Notice } from "@/components/ui/notice.tsx";
import { SubmitButton } from "@/components/ui/submit-button.tsx";

interface DeletePlanFormProps {
  readonly id: string;
  /** The way back, beside the button. */
  readonly keep: ReactNode;
}

export const DeletePlanForm = ({ id, keep }: DeletePlanFormProps) => {
  const [failure, submit] = useActionState(deletePlan, undefined);
  return (
    <form action={submit} className="mt-6 space-y-4">
      <input type="hidden" name="id" value={id} />
      {failure && (
        <div role="alert">
          <Notice tone="bad" title="The plan is still there">
            {failure}
          </Notice>
        </div>
      )}
      <div className="flex flex-wrap gap-3">
        {keep}
        <SubmitButton tone="danger" busy="Deleting…">
          Delete the plan
        </SubmitButton>
      </div>
    </form>
  );
};
