"use server";

import type { ScheduleRequest } from "@headroom/client";
import { revalidatePath } from "next/cache";
import { apiClient } from "@/lib/api/api-client.ts";
import { reasonOf } from "@/lib/api/reason-of.ts";
import { readScheduleFields, scheduleRequestOf } from "@/lib/schedule/schedule-fields.ts";

export type ScheduleOutcome =
  | { readonly kind: "kept" }
  | { readonly kind: "removed" }
  | { readonly kind: "refused"; readonly reason: string; readonly errors: Readonly<Record<string, string>> };

/** Keeps or ends a plan's schedule, whichever button was pressed. */
export const changeSchedule = async (_before: ScheduleOutcome | undefined, form: FormData): Promise<ScheduleOutcome> => {
  const planId = String(form.get("planId"));
  const outcome = form.get("intent") === "remove" ? await removeSchedule(planId) : await keepSchedule(planId, form);
  revalidatePath(`/plans/${planId}`);
  return outcome;
};

const keepSchedule = async (planId: string, form: FormData): Promise<ScheduleOutcome> => {
  const kept = await apiClient().putSchedule(planId, asRequest(scheduleRequestOf(readScheduleFields(form))));
  if (kept.ok) return { kind: "kept" };
  const errors = kept.kind === "problem" ? (kept.problem.errors ?? []) : [];
  return { kind: "refused", reason: reasonOf(kept), errors: Object.fromEntries(errors.map(({ pointer, detail }) => [pointer, detail])) };
};

/** What was typed goes to the API as it is: it says what is wrong with it. */
const asRequest = (typed: ReturnType<typeof scheduleRequestOf>): ScheduleRequest => typed as ScheduleRequest;

const removeSchedule = async (planId: string): Promise<ScheduleOutcome> => {
  const removed = await apiClient().removeSchedule(planId);
  return removed.ok ? { kind: "removed" } : { kind: "refused", reason: reasonOf(removed), errors: {} };
};
