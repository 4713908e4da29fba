import { share } from "@headroom/core";
import { z } from "zod";

/** A saving must be a larger share than this before a schedule switches, unless it says otherwise. */
export const defaultSwitchThresholdShare = 0.05;

export const instant = z.iso.datetime();

/** When a plan is solved again, and from which saving on the new plan takes over. */
export const scheduleRequest = z.strictObject({
  cron: z.string({ error: "must be a cron expression" }).max(200).describe('Minute hour day month weekday: "0 6 * * MON".'),
  timeZone: z.string({ error: "must be the name of a time zone" }).max(100).describe('Of the IANA database: "Europe/Berlin".'),
  switchThresholdShare: share.optional().describe(`Of what the plan in force costs; ${defaultSwitchThresholdShare} where absent.`),
  enabled: z.boolean().optional(),
});

export const scheduleDocument = z.strictObject({
  planId: z.string(),
  cron: z.string(),
  timeZone: z.string(),
  switchThresholdShare: z.number(),
  enabled: z.boolean(),
  nextRuns: z.array(instant).describe("The next five; none while it is not enabled."),
  createdAt: instant,
  updatedAt: instant,
});

/** What a list of plans shows of a schedule. */
export const scheduleSummary = z.strictObject({
  cron: z.string(),
  timeZone: z.string(),
  enabled: z.boolean(),
  nextRunAt: instant.nullable(),
});

export type ScheduleRequest = z.input<typeof scheduleRequest>;
export type ScheduleDocument = z.output<typeof scheduleDocument>;
