"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { apiClient } from "@/lib/api/api-client.ts";
import { reasonOf } from "@/lib/api/reason-of.ts";

/** Answers why it failed. A plan that is gone already is as gone as was asked for. */
export const deletePlan = async (_before: string | undefined, form: FormData): Promise<string | undefined> => {
  const removed = await apiClient().removePlan(String(form.get("id")));
  if (!removed.ok && !(removed.kind === "problem" && removed.problem.status === 404)) return reasonOf(removed);
  revalidatePath("/");
  redirect("/");
};
