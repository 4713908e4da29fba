import { microUsd, type PlanRequest } from "@headroom/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { catalogOf } from "../fakes/price-list.ts";
import { candidatesInTime } from "../formulate/candidates-in-time.ts";
import { fleetQuestion } from "../formulate/fleet-question.ts";
import { defaultBackends } from "./backends.ts";
import { borrowedBound } from "./borrowed-bound.ts";
import type { Fleet, FleetProblem } from "./fleet.ts";
import { askedOf } from "./fleet-outcome.ts";
import { scaledFleet } from "./scaled-fleet.ts";
import { solveFleet } from "./solve-fleet.ts";
import { type StageProblem, stageProblems } from "./stage-problems.ts";
import { stagesAlone } from "./stages-alone.ts";

const catalog = catalogOf([
  { usd: 0.8 },
  { usd: 0.5, capacityType: "reserved" },
  { usd: 0.3, capacityType: "spot" },
  { type: "l4x4", usd: 2.9 },
  { type: "h200x8", usd: 29, region: "there" },
]);

interface Drawn {
  readonly rates: readonly number[];
  readonly growth: number;
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  rates: fc
    .array(fc.integer({ min: 500, max: 3000 }), { minLength: 24, maxLength: 24 })
    .map((rates) => rates.map((rate, hour) => rate + hour / 24)),
  growth: fc.double({ min: 0.02, max: 0.2, noNaN: true }),
});

const requestOf = ({ rates, growth }: Drawn): PlanRequest => ({
  services: [
    {
      name: "chat",
      model: { id: "meta-llama/Llama-3.1-8B" },
      demand: {
        classes: [
          { name: "question", islTokens: 1000, oslTokens: 200, share: 0.7 },
          { name: "essay", islTokens: 300, oslTokens: 900, share: 0.3 },
        ],
        requestRatePerSecond: { hourOfWeek: Array.from({ length: 168 }, (_, hour) => rates[hour % 24] ?? 0) },
        growthPerMonth: growth,
      },
      slo: { ttftMs: 4000, tpotMs: 100 },
    },
  ],
  purchase: { horizonHours: 3 * 730, commitmentTerms: ["1y"] },
});

const stagesOf = async (asked: Drawn): Promise<readonly StageProblem[]> => {
  const request = requestOf(asked);
  const question = fleetQuestion(request, catalog);
  if (!question.ok) throw new Error(JSON.stringify(question.errors));
  const { needs, offers } = question.value;
  const found = await candidatesInTime({ needs, offers, used: "whole" }, () => false);
  if (!found) throw new Error("candidates are found");
  const whole: FleetProblem = {
    ...question.value,
    candidates: found.candidates,
    limits: { timeLimitSeconds: 10, relativeGap: 0.001 },
    effort: "whole",
    deadlineMs: Number.POSITIVE_INFINITY,
  };
  return stageProblems(whole, request);
};

const tools = { backends: defaultBackends, nowMs: () => 0 };

const solved = async (problem: FleetProblem): Promise<Fleet> => {
  const outcome = await solveFleet(problem, tools);
  if (outcome.kind !== "fleet") throw new Error(outcome.kind);
  return outcome.fleet;
};

describe("a stage that lends to another", () => {
  it("bounds what that costs, and its fleet in proportion serves it", async () => {
    await fc.assert(
      fc.asyncProperty(drawn, fc.boolean(), async (asked, upwards) => {
        const [first, , last] = (await stagesOf(asked)) as [StageProblem, StageProblem, StageProblem];
        const [from, to] = upwards ? [first.problem, last.problem] : [last.problem, first.problem];
        const [lender, own] = [await solved(from), await solved(to)];
        const bound = borrowedBound(to, askedOf(to).units, { problem: from, prices: lender.prices ?? [] });
        const cost = Number(own.costPerHour) / 1e6;
        expect(bound).toBeLessThanOrEqual(cost * (1 + 1e-9));
        expect(bound).toBeGreaterThan(0.9 * (Number(own.boundPerHour) / 1e6));
        const scaled = await scaledFleet(to, { problem: from, fleet: lender }, tools);
        if (scaled) expect(scaled.costPerHour).toBeGreaterThanOrEqual(microUsd(own.boundPerHour ?? 0n));
      }),
      { numRuns: 2, seed: 11, endOnFailure: true },
    );
  }, 120_000);
});

describe("stages that time does not reach", () => {
  it("are served in proportion and bounded by what was solved", async () => {
    const stages = await stagesOf({ rates: Array.from({ length: 24 }, (_, hour) => 60 + 20 * hour), growth: 0.1 });
    const inTime = await stagesAlone(stages, tools);
    let nowMs = 0;
    const endsAfterOne = { ...tools, nowMs: () => nowMs, onFleet: () => void nowMs++ };
    const late = await stagesAlone(
      stages.map(({ stage, problem }) => ({ stage, problem: { ...problem, deadlineMs: 0 } })),
      endsAfterOne,
    );
    if (inTime.kind !== "alone" || late.kind !== "alone") throw new Error("stages are served");
    for (const [index, fleet] of late.fleets.entries()) {
      const own = inTime.fleets[index];
      expect(Number(fleet?.boundPerHour)).toBeLessThanOrEqual(Number(own?.costPerHour));
      expect(Number(fleet?.boundPerHour)).toBeGreaterThan(0.9 * Number(fleet?.costPerHour));
    }
  });
});
