import { describe, expect, it } from "vitest";
import { daysBetween, formatAge, formatInstant, formatInZone, secondsBetween } from "./dates.ts";

it("writes an instant in UTC", () => {
  expect(formatInstant("2026-07-30T06:00:59.123Z")).toBe("2026-07-30 06:00 UTC");
});

describe("formatInZone", () => {
  it.each([
    ["Europe/Berlin", "Mon 2026-08-03 08:00 UTC+2"],
    ["America/New_York", "Mon 2026-08-03 02:00 UTC-4"],
    ["UTC", "Mon 2026-08-03 06:00 UTC"],
    ["Asia/Kathmandu", "Mon 2026-08-03 11:45 UTC+5:45"],
  ])("writes the wall time of %s", (timeZone, text) => {
    expect(formatInZone("2026-08-03T06:00:00.000Z", timeZone)).toBe(text);
  });
});

it.each([
  ["2026-07-30", 0, "today"],
  ["2026-07-29", 1, "1 day old"],
  ["2026-06-30", 30, "30 days old"],
  ["2026-08-02", 0, "today"],
])("counts the days since %s", (date, days, text) => {
  expect(daysBetween(date, new Date("2026-07-30T12:00:00Z"))).toBe(days);
  expect(formatAge(days)).toBe(text);
});

it("knows no duration of a run that has not ended", () => {
  expect(secondsBetween("2026-07-30T06:00:00Z", null)).toBeUndefined();
  expect(secondsBetween("2026-07-30T06:00:00Z", "2026-07-30T06:00:01.500Z")).toBe(1.5);
});
