import { describe, expect, it } from "vitest";
import { comparisonRows } from "./comparison-rows.ts";
import { demandRows } from "./demand-rows.ts";
import { dearerBy, groupRejections, missing, missingInAll, wouldRent } from "./group-rejections.ts";
import { latencyTargets } from "./latency-targets.ts";
import { memoryParts } from "./memory-parts.ts";
import { sampleLine, samplePlan, sampleRejection } from "./sample-plan.ts";

describe("memoryParts", () => {
  it("add up to what the driver shows", () => {
    const line = sampleLine();
    const whole = memoryParts(line).reduce((sum, { gib }) => sum + gib, 0);
    expect(whole).toBeCloseTo(line.memory.visibleGib, 9);
  });
});

describe("latencyTargets", () => {
  it("stands each prediction against its target, with the band that the estimate states", () => {
    const [ttft, tpot, answer] = latencyTargets(sampleLine(), samplePlan());
    expect(ttft).toMatchObject({ predictedMs: 224, targetMs: 2000, bandMs: undefined });
    expect(tpot).toMatchObject({ predictedMs: 36, targetMs: 50, bandMs: [24, 54] });
    expect(answer?.targetMs).toBeUndefined();
  });
});

describe("groupRejections", () => {
  const notForSale = sampleRejection({ what: "p5e (aws)", code: "not-for-sale", required: null, available: null, detail: "no price" });
  const tooSmall = sampleRejection({
    what: "8 × H100 80GB SXM as TP8",
    code: "memory",
    required: 82.84,
    available: 71.28,
    detail: "does not fit: 11.6 GiB are missing on each accelerator, 92.5 GiB in all",
  });
  const noFp8 = (what: string) =>
    sampleRejection({ what, code: "precision", required: null, available: null, detail: "does not compute in FP8" });

  it("sorts them by what a reader asks, and groups what cannot run by its reason", () => {
    const slow = sampleRejection({ code: "tpot" });
    const groups = groupRejections([sampleRejection({}), tooSmall, slow, noFp8("A10"), noFp8("T4"), noFp8("A10"), notForSale]);
    expect(groups).toMatchObject({ tooSmall: [tooSmall], tooSlow: [slow], notForSale: [notForSale] });
    expect(groups.dearer).toHaveLength(1);
    expect(groups.cannotRun).toEqual([{ reason: "does not compute in FP8", whats: ["A10", "T4"] }]);
  });

  it("reads figures out of the sentences without a float", () => {
    expect(wouldRent(sampleRejection({}))).toBe("1 × big (azure 1y)");
    expect(dearerBy(sampleRejection({}))).toBe("4.64");
    expect(missing(tooSmall)).toBeCloseTo(11.56);
    expect(missingInAll(tooSmall)).toBe("92.5 GiB");
  });

  it("shows a sentence whole where it says something else", () => {
    const other = sampleRejection({ detail: "is dearer for reasons of its own" });
    expect([wouldRent(other), dearerBy(other), missingInAll(other)]).toEqual([other.detail, "", other.detail]);
  });
});

it("compares with every other way, cheapest first, and names the ways that do not serve it", () => {
  expect(comparisonRows(samplePlan()).map(({ label, usdPerHour }) => [label, usdPerHour])).toEqual([
    ["This plan", "28.00"],
    ["On-demand only", "28.00"],
    ["Popular rule", "28.00"],
    ["All reserved", "30.00"],
    ["Without nebius", "32.64"],
    ["Cheapest single accelerator", undefined],
  ]);
  expect(comparisonRows(samplePlan({ cost: null }))).toEqual([]);
});

it("says why nothing is bought by the popular rule, and what is proved of a plan that was only found", () => {
  const plan = samplePlan();
  const [runnerUp] = plan.explanation.runnersUp;
  if (!runnerUp) throw new Error("the sample has a runner-up");
  const meanings = (atLeast: string | undefined): Record<string, string | undefined> => {
    const runnersUp = [{ ...runnerUp, usdPerHourAtLeast: atLeast }];
    const baselines = { ...plan.explanation.baselines, popularRule: null, popularRuleFails: "nothing that serves chat is sold as spot" };
    const rows = comparisonRows({ ...plan, explanation: { ...plan.explanation, runnersUp, baselines } });
    return Object.fromEntries(rows.map(({ label, meaning }) => [label, meaning]));
  };
  expect(meanings("30.00")["Without nebius"]).toBe("Found at this price; proved to cost no less than 30.00 USD an hour.");
  expect(meanings("32.64")["Without nebius"]).toBeUndefined();
  expect(meanings(undefined)["Without nebius"]).toBeUndefined();
  expect(meanings("30.00")["Popular rule"]).toMatch(/Not here: nothing that serves chat is sold as spot\.$/);
});

it("shows each traffic class in its tightest hour", () => {
  const hour = (at: number, required: number) => ({
    service: "chat",
    class: "question",
    hour: at,
    requiredRequestsPerSecond: required,
    providedRequestsPerSecond: 6,
  });
  expect(demandRows(samplePlan({ demandMet: [hour(0, 1), hour(9, 5.5), hour(20, 3)] }))).toEqual([
    { service: "chat", trafficClass: "question", required: 5.5, provided: 6 },
  ]);
});
