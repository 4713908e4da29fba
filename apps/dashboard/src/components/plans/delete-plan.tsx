"use client";

import { AlertDialog } from "radix-ui";
import { useState } from "react";
import { DeletePlanForm } from "@/components/plans/delete-plan-form.tsx";
import { buttonStyle, smallButtonStyle } from "@/components/ui/button-style.ts";

interface DeletePlanProps {
  readonly id: string;
  readonly name: string;
  readonly size?: "small" | "normal";
}

/** Asks first. Without scripts the link leads to a page that asks the same. */
export const DeletePlan = ({ id, name, size = "small" }: DeletePlanProps) => {
  const [isAsking, setIsAsking] = useState(false);
  return (
    <AlertDialog.Root open={isAsking} onOpenChange={setIsAsking}>
      <AlertDialog.Trigger asChild>
        <a
          href={`/plans/${id}/delete`}
          onClick={(event) => {
            event.preventDefault();
            setIsAsking(true);
          }}
          className={size === "small" ? `-my-1 -mx-2 ${smallButtonStyle()}` : buttonStyle("danger")}
        >
          Delete<span className="sr-only"> {name}</span>
        </a>
      </AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 bg-[#000]/40" />
        <AlertDialog.Content className="fixed top-1/2 left-1/2 z-50 w-[min(28rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 rounded-xl border border-line bg-raised p-6 shadow-xl">
          <AlertDialog.Title className="break-words font-semibold text-lg">Delete “{name}”?</AlertDialog.Title>
          <AlertDialog.Description className="mt-2 text-sm text-soft">
            The plan goes with its schedule and its runs. This cannot be undone.
          </AlertDialog.Description>
          <DeletePlanForm id={id} keep={<AlertDialog.Cancel className={buttonStyle()}>Keep it</AlertDialog.Cancel>} />
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
};
