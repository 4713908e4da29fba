import { describe, expect, it } from "vitest";
import { type Beside, broken, compare } from "./bars.ts";
import { type MonolithRun, stoodBy } from "./monolith-in-time.ts";

const kept = { name: "M", limitSeconds: 2, totalMs: 1300, gap: 0.001, memoryMib: 400 };

describe("broken", () => {
  it("is nothing where every bar is kept", () => expect(broken(kept)).toEqual([]));

  it.each([
    { name: "a time over its bar by more than the noise", measured: { totalMs: 4100 }, says: /takes 4\.10 s/ },
    { name: "a gap over half a percent", measured: { gap: 0.0051 }, says: /gap of 0\.510 %/ },
    { name: "a plan without a proof", measured: { gap: null }, says: /nothing proved/ },
    { name: "a gibibyte of memory", measured: { memoryMib: 1024 }, says: /1024 MiB/ },
  ])("names $name", ({ measured, says }) => {
    expect(broken({ ...kept, ...measured })).toEqual([expect.stringMatching(says)]);
  });
});

const fleet = (ms: number, usdPerHour: number) => ({ kind: "fleet" as const, ms, usdPerHour });

const ended = (...fleets: MonolithRun["fleets"]): MonolithRun => ({ written: undefined, fleets, ended: "killed" });

describe("stoodBy", () => {
  it.each([
    { name: "nothing before the first fleet", ms: 900, expected: undefined },
    { name: "the cheapest by then", ms: 2500, expected: fleet(2000, 80) },
    { name: "when its cost was first reached, not when a millionth was saved", ms: 9000, expected: fleet(2000, 80) },
  ])("is $name", ({ ms, expected }) => {
    expect(stoodBy(ended(fleet(1000, 100), fleet(2000, 80), fleet(8000, 79.999_99)), ms)).toEqual(expected);
  });
});

describe("compare", () => {
  /** A fleet of 100 USD/h after 0.2 s, improved to 90 after a second; 1.3 s in all. */
  const ours: Beside["ours"] = {
    totalMs: 1300,
    servicesUsdPerHour: 90,
    stoodMs: (most) => (most >= 100 ? 200 : most >= 90 ? 1000 : undefined),
  };
  const beside = (monolith: MonolithRun, race: Beside["race"] = "run") => compare({ name: "M", limitSeconds: 2, race, ours, monolith });

  it("says that the monolith has nothing", () => {
    const { sameLimit, generous, broken: sentences } = beside(ended(fleet(26_001, 80)));
    expect([sameLimit, generous]).toEqual(["no fleet", expect.stringContaining("more than 20 times sooner")]);
    expect(sentences).toEqual([]);
  });

  it("counts until our first fleet that costs no more", () => {
    const { generous, broken: sentences } = beside(ended(fleet(3000, 101)));
    expect(generous).toContain("ours stood there after 0.20 s, 15.0 times sooner");
    expect(sentences).toEqual([]);
  });

  it.each([
    { name: "less than ten times sooner", monolith: ended(fleet(3000, 95)), says: /not 10 times sooner/ },
    { name: "a cost that ours never reaches", monolith: ended(fleet(20_000, 85)), says: /not 10 times sooner/ },
    { name: "dearer with the same limit", monolith: ended(fleet(1900, 85)), says: /costs more/ },
  ])("fails at $name", ({ monolith, says }) => {
    expect(beside(monolith).broken).toContainEqual(expect.stringMatching(says));
  });

  it("runs no race where none was promised", () => expect(beside(ended(fleet(3000, 95)), "not run").broken).toEqual([]));
});
