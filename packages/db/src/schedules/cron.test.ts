import { describe, expect, it } from "vitest";
import { checkCron, fireTimes, latestFireTime } from "./cron.ts";

const rules = { leastSecondsApart: 60 };
const now = new Date("2026-07-30T12:00:00Z");

/** The library's rule around changes of the clocks, which users meet twice a year. */
const clockChanges = [
  {
    name: "New York, spring: a swallowed 02:30 comes at 03:30",
    cron: "30 2 * * *",
    timeZone: "America/New_York",
    after: "2026-03-07T12:00:00Z",
    expected: ["2026-03-08T07:30:00Z", "2026-03-09T06:30:00Z"],
  },
  {
    name: "New York, autumn: a doubled 01:30 comes once, at the first",
    cron: "30 1 * * *",
    timeZone: "America/New_York",
    after: "2026-10-31T12:00:00Z",
    expected: ["2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z"],
  },
  {
    name: "New York, autumn: an hourly one comes in both hours named one",
    cron: "0 * * * *",
    timeZone: "America/New_York",
    after: "2026-11-01T04:30:00Z",
    expected: ["2026-11-01T05:00:00Z", "2026-11-01T06:00:00Z", "2026-11-01T07:00:00Z"],
  },
  {
    name: "New York, spring: an hourly one misses no hour that passes",
    cron: "0 * * * *",
    timeZone: "America/New_York",
    after: "2026-03-08T05:30:00Z",
    expected: ["2026-03-08T06:00:00Z", "2026-03-08T07:00:00Z", "2026-03-08T08:00:00Z"],
  },
  {
    name: "Berlin, spring: a swallowed 02:30 comes at 03:30",
    cron: "30 2 * * *",
    timeZone: "Europe/Berlin",
    after: "2026-03-28T12:00:00Z",
    expected: ["2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z"],
  },
  {
    name: "Berlin, autumn: a doubled 02:30 comes once, at the first",
    cron: "30 2 * * *",
    timeZone: "Europe/Berlin",
    after: "2026-10-24T12:00:00Z",
    expected: ["2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"],
  },
  {
    name: "Lord Howe, spring: a time inside the half-hour gap does not come that day",
    cron: "15 2 * * *",
    timeZone: "Australia/Lord_Howe",
    after: "2026-10-02T12:00:00Z",
    expected: ["2026-10-02T15:45:00Z", "2026-10-04T15:15:00Z"],
  },
  {
    name: "Lord Howe, autumn: a doubled 01:45 comes once, at the first",
    cron: "45 1 * * *",
    timeZone: "Australia/Lord_Howe",
    after: "2026-04-03T12:00:00Z",
    expected: ["2026-04-03T14:45:00Z", "2026-04-04T14:45:00Z", "2026-04-05T15:15:00Z"],
  },
  { name: "UTC: never changes", cron: "30 2 * * *", timeZone: "UTC", after: "2026-03-28T12:00:00Z", expected: ["2026-03-29T02:30:00Z"] },
  {
    name: "a 29 February waits for its leap year",
    cron: "0 0 29 2 *",
    timeZone: "UTC",
    after: "2026-03-01T00:00:00Z",
    expected: ["2028-02-29T00:00:00Z", "2032-02-29T00:00:00Z"],
  },
  {
    name: "a 31st skips the short months",
    cron: "0 0 31 * *",
    timeZone: "UTC",
    after: "2026-03-31T00:00:00Z",
    expected: ["2026-05-31T00:00:00Z", "2026-07-31T00:00:00Z"],
  },
];

describe("fireTimes", () => {
  it.each(clockChanges)("$name", ({ cron, timeZone, after, expected }) => {
    expect(fireTimes({ cron, timeZone }, new Date(after), expected.length)).toEqual(expected.map((time) => new Date(time)));
  });
});

describe("latestFireTime", () => {
  it.each([
    {
      name: "is the known one where no other has come",
      cron: "0 6 * * *",
      known: "2026-07-30T06:00:00Z",
      until: "2026-07-30T06:00:00Z",
      expected: "2026-07-30T06:00:00Z",
    },
    {
      name: "skips what was missed within the hour",
      cron: "* * * * *",
      known: "2026-07-30T06:00:00Z",
      until: "2026-07-30T06:10:30Z",
      expected: "2026-07-30T06:10:00Z",
    },
    {
      name: "skips a year of missed seconds quickly",
      cron: "* * * * * *",
      known: "2025-07-30T06:00:00Z",
      until: "2026-07-30T06:10:30Z",
      expected: "2026-07-30T06:10:30Z",
    },
    {
      name: "looks back over months",
      cron: "0 0 1 * *",
      known: "2026-01-01T00:00:00Z",
      until: "2026-07-30T00:00:00Z",
      expected: "2026-07-01T00:00:00Z",
    },
    {
      name: "looks back over years",
      cron: "0 0 29 2 *",
      known: "2020-02-29T00:00:00Z",
      until: "2026-07-30T00:00:00Z",
      expected: "2024-02-29T00:00:00Z",
    },
  ])("$name", ({ cron, known, until, expected }) => {
    expect(latestFireTime({ cron, timeZone: "UTC" }, new Date(known), new Date(until))).toEqual(new Date(expected));
  });

  it("finds the time that a change of the clocks has moved", () => {
    const schedule = { cron: "30 2 * * *", timeZone: "America/New_York" };
    const known = new Date("2026-03-07T07:30:00Z");
    expect(latestFireTime(schedule, known, new Date("2026-03-08T20:00:00Z"))).toEqual(new Date("2026-03-08T07:30:00Z"));
  });
});

describe("checkCron", () => {
  it.each([
    { name: "too few fields", cron: "* * * *", timeZone: "UTC", pointer: "/cron" },
    { name: "nothing", cron: "", timeZone: "UTC", pointer: "/cron" },
    { name: "a field out of range", cron: "99 0 * * *", timeZone: "UTC", pointer: "/cron" },
    { name: "a time drawn by lot", cron: "H * * * *", timeZone: "UTC", pointer: "/cron" },
    { name: "an alias", cron: "@daily", timeZone: "UTC", pointer: "/cron" },
    { name: "a day that never comes", cron: "0 0 31 2 *", timeZone: "UTC", pointer: "/cron" },
    { name: "more often than allowed", cron: "*/10 * * * * *", timeZone: "UTC", pointer: "/cron" },
    { name: "an unknown zone", cron: "0 6 * * *", timeZone: "Mars/Olympus", pointer: "/timeZone" },
    { name: "an offset instead of a zone", cron: "0 6 * * *", timeZone: "+05:00", pointer: "/timeZone" },
    { name: "a hostile text", cron: "a".repeat(10_000), timeZone: "UTC", pointer: "/cron" },
  ])("refuses $name", ({ cron, timeZone, pointer }) => {
    const checked = checkCron({ cron, timeZone }, now, rules);
    expect(checked.ok ? [] : checked.errors.map((error) => error.pointer)).toEqual([pointer]);
  });

  it.each(["0 6 * * MON", "*/5 * * * *", "0 0 29 2 *", "30 0 6 * * *", "0 0 L * *"])("lets %s through", (cron) => {
    expect(checkCron({ cron, timeZone: "Europe/Berlin" }, now, rules).ok).toBe(true);
  });
});
