import type { PlanChange } from "@headroom/core";
import { describe, expect, it } from "vitest";
import { changesInOneLine } from "./changes-in-one-line.ts";
import { groupChanges } from "./group-changes.ts";
import { isUnderWay, runInOneWord } from "./run-words.ts";

const change = (kind: PlanChange["kind"], detail: string): PlanChange => ({ kind, detail });

describe("changesInOneLine", () => {
  it.each([
    { name: "nothing", run: {}, line: "Nothing" },
    { name: "one change", run: { changes: [change("price", "the price fell")] }, line: "the price fell" },
    {
      name: "three changes",
      run: { changes: [change("price", "the price fell"), change("price", "another"), change("price", "a third")] },
      line: "the price fell, and 2 more changes",
    },
    { name: "a failure", run: { status: "failed" as const, error: "no plan exists" }, line: "no plan exists" },
    { name: "a run under way", run: { status: "solving" as const }, line: "" },
  ])("tells $name", ({ run, line }) => {
    expect(changesInOneLine({ status: "done", decision: "keep", changes: [], error: null, ...run })).toBe(line);
  });
});

it("groups changes in the order that they matter", () => {
  const groups = groupChanges([change("price", "a"), change("line-added", "b"), change("offer-gone", "c"), change("price", "d")]);
  expect(groups.map(({ kind, changes }) => [kind, changes.length])).toEqual([
    ["offer-gone", 1],
    ["line-added", 1],
    ["price", 2],
  ]);
});

it.each([
  ["queued", null, "waiting", true],
  ["solving", null, "solving", true],
  ["done", "switch", "switch", false],
  ["failed", null, "failed", false],
] as const)("calls a run that is %s and decided %s “%s”", (status, decision, word, underWay) => {
  expect(runInOneWord({ status, decision })).toBe(word);
  expect(isUnderWay({ status })).toBe(underWay);
});
