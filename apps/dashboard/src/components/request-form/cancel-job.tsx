import { revalidatePath } from "next/cache";
import { SubmitButton } from "@/components/ui/submit-button.tsx";
import { cancelJob } from "@/lib/solve/begin-solve.ts";

export const CancelJob = ({ id }: { readonly id: string }) => {
  const cancel = async () => {
    "use server";
    await cancelJob(id);
    revalidatePath(`/jobs/${id}`);
  };
  return (
    <form action={cancel}>
      <SubmitButton tone="secondary" busy="Cancelling…">
        Cancel the solve
      </SubmitButton>
    </form>
  );
};
