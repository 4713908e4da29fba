import type { ScheduleDocument } from "@headroom/client";
import { readDecimal, shiftPoint } from "../request-form/decimal-text.ts";

/** What stands in the schedule's form. */
export interface ScheduleFields {
  readonly cron: string;
  readonly timeZone: string;
  readonly thresholdPercent: string;
  readonly enabled: boolean;
}

const fresh: ScheduleFields = { cron: "0 6 * * MON", timeZone: "UTC", thresholdPercent: "5", enabled: true };

export const scheduleFields = (schedule: ScheduleDocument | undefined): ScheduleFields =>
  schedule
    ? {
        cron: schedule.cron,
        timeZone: schedule.timeZone,
        thresholdPercent: shiftPoint(String(schedule.switchThresholdShare), 2),
        enabled: schedule.enabled,
      }
    : fresh;

export const readScheduleFields = (form: FormData): ScheduleFields => {
  const text = (name: string): string => String(form.get(name) ?? "");
  return {
    cron: text("cron"),
    timeZone: text("timeZone"),
    thresholdPercent: text("thresholdPercent"),
    enabled: form.get("enabled") === "on",
  };
};

/** What the API is asked; a threshold that is no number is passed on for it to refuse. */
export const scheduleRequestOf = ({ cron, timeZone, thresholdPercent, enabled }: ScheduleFields) => {
  const percent = readDecimal(thresholdPercent);
  const share = percent === undefined ? thresholdPercent : Number(shiftPoint(percent, -2));
  return { cron, timeZone, enabled, ...(thresholdPercent.trim() === "" ? {} : { switchThresholdShare: share }) };
};
