import { planChange, planDocument, usdText } from "@headroom/core";
import { z } from "zod";
import { pageOf } from "./page.ts";
import { instant } from "./schedule.ts";

const fields = {
  id: z.string(),
  planId: z.string(),
  scheduled: z.boolean().describe("False for a run that was asked for by hand, or whose schedule is gone."),
  tickAt: instant.describe("The time that the schedule names."),
  status: z.enum(["queued", "solving", "done", "failed"]),
  attempt: z.int(),
  decision: z.enum(["keep", "switch"]).nullable(),
  resultPlanId: z.string().nullable().describe("The plan that took over, on a switch."),
  catalog: z.string().nullable(),
  inputHash: z.string().nullable(),
  usdPerHourBefore: usdText.nullable().describe("Of the plan in force, at the new prices; null where it can no longer be bought."),
  usdPerHourAfter: usdText.nullable().describe("Of the plan solved again."),
  usdPerHourSaving: usdText.nullable(),
  changes: z.array(planChange),
  error: z.string().nullable(),
  queuedAt: instant,
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
};

/** One solve of a stored plan again, and what was decided. */
export const runSummary = z.strictObject(fields);
export const runPage = pageOf(runSummary);
export const runDocument = z.strictObject({ ...fields, resultPlan: planDocument.nullable() });

export type RunSummary = z.output<typeof runSummary>;
export type RunDocument = z.output<typeof runDocument>;
