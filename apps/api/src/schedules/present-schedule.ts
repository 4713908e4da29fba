import type { ScheduleDocument } from "@headroom/client";
import { fireTimes, type Schedule } from "@headroom/db";

const shownRuns = 5;

export const presentSchedule = (schedule: Schedule, now: Date): ScheduleDocument => ({
  planId: schedule.planId,
  cron: schedule.cron,
  timeZone: schedule.timeZone,
  switchThresholdShare: schedule.switchThresholdShare,
  enabled: schedule.enabled,
  nextRuns: schedule.enabled ? fireTimes(schedule, now, shownRuns).map((time) => time.toISOString()) : [],
  createdAt: schedule.createdAt.toISOString(),
  updatedAt: schedule.updatedAt.toISOString(),
});
