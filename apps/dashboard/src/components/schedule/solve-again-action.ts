"use server";

import { revalidatePath } from "next/cache";
import { apiClient } from "@/lib/api/api-client.ts";
import { reasonOf } from "@/lib/api/reason-of.ts";

/** Queues a run now; answers why it could not. */
export const solveAgain = async (_before: string | undefined, form: FormData): Promise<string | undefined> => {
  const planId = String(form.get("planId"));
  const run = await apiClient().solveAgain(planId);
  if (!run.ok) return reasonOf(run);
  revalidatePath(`/plans/${planId}`);
  return undefined;
};
