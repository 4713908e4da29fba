import { scheduleRequest } from "@headroom/client";
import { expect, it } from "vitest";
import { readScheduleFields, scheduleFields, scheduleRequestOf } from "./schedule-fields.ts";

const kept = {
  planId: "plan_1",
  cron: "0 6 * * *",
  timeZone: "Europe/Berlin",
  switchThresholdShare: 0.07,
  enabled: false,
  nextRuns: [],
  createdAt: "2026-07-30T06:00:00Z",
  updatedAt: "2026-07-30T06:00:00Z",
};

it("keeps a schedule through the form", () => {
  const { cron, timeZone, switchThresholdShare, enabled } = kept;
  expect(scheduleRequestOf(scheduleFields(kept))).toEqual({ cron, timeZone, switchThresholdShare, enabled });
});

it("starts with a schedule that the API takes", () => {
  expect(scheduleRequest.safeParse(scheduleRequestOf(scheduleFields(undefined))).success).toBe(true);
});

it("reads what a browser sends, and passes on what is no number", () => {
  const form = new FormData();
  for (const [name, value] of Object.entries({ cron: "* * * * *", timeZone: "UTC", thresholdPercent: "a lot" })) form.set(name, value);
  expect(scheduleRequestOf(readScheduleFields(form))).toEqual({
    cron: "* * * * *",
    timeZone: "UTC",
    enabled: false,
    switchThresholdShare: "a lot",
  });
  form.set("thresholdPercent", "");
  expect(scheduleRequestOf(readScheduleFields(form))).not.toHaveProperty("switchThresholdShare");
});
