import { planDocument, usdText } from "@headroom/core";
import { z } from "zod";
import { pageOf } from "./page.ts";
import { instant, scheduleSummary } from "./schedule.ts";

export const planSummary = z.strictObject({
  id: z.string(),
  name: z.string().nullable(),
  status: planDocument.shape.status,
  usdPerHour: usdText.nullable(),
  catalog: z.string(),
  catalogAsOf: z.iso.date(),
  createdAt: instant,
  schedule: scheduleSummary.nullable(),
});

export const planPage = pageOf(planSummary);

export type PlanSummary = z.output<typeof planSummary>;
