import { describe, expect, it } from "vitest";
import { cronInWords } from "./cron-in-words.ts";
import { previewSchedule } from "./preview-schedule.ts";

const now = new Date("2026-07-30T12:00:00Z");

describe("previewSchedule", () => {
  it("names the next five times of the zone", () => {
    const preview = previewSchedule({ cron: "0 6 * * MON", timeZone: "Europe/Berlin" }, now);
    expect(preview.words).toBe("At 06:00, only on Monday");
    expect(preview.next).toEqual([
      "2026-08-03T04:00:00.000Z",
      "2026-08-10T04:00:00.000Z",
      "2026-08-17T04:00:00.000Z",
      "2026-08-24T04:00:00.000Z",
      "2026-08-31T04:00:00.000Z",
    ]);
  });

  it.each([
    { name: "too few fields", cron: "0 6 *", timeZone: "UTC", words: "Five fields: minute, hour, day, month, weekday" },
    { name: "no cron at all", cron: "", timeZone: "UTC", words: "Five fields: minute, hour, day, month, weekday" },
    { name: "an hour that does not exist", cron: "0 26 * * *", timeZone: "UTC", words: "Cannot be read as a cron expression" },
    { name: "a zone that does not exist", cron: "0 6 * * *", timeZone: "Europe/Atlantis", words: "Not a time zone that is known" },
  ])("says what is wrong with $name", ({ cron, timeZone, words }) => {
    expect(previewSchedule({ cron, timeZone }, now)).toEqual({ words, next: [] });
  });
});

it("leaves an expression that has no words as it is", () => {
  expect(cronInWords("nonsense")).toBe("nonsense");
});
