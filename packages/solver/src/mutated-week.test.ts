import { checkPlan, type Plan, parseRequest, planRequest, verificationOf } from "@headroom/core";
import { beforeAll, expect, it } from "vitest";
import { acceptedChanges } from "./fakes/mutated-plan.ts";
import { strictTools } from "./fakes/strict-tools.ts";
import { hours, marketOf } from "./fakes/weekly-case.ts";
import { planFleet } from "./plan-fleet.ts";

/** A week with commitments, spot, a batch job and a training run: every kind of line there is. */
const model = { id: "meta-llama/Llama-3.1-8B" };
const request = {
  services: [
    {
      name: "chat",
      model,
      demand: {
        classes: [
          { name: "question", islTokens: 1000, oslTokens: 200, share: 0.7 },
          { name: "document", islTokens: 4000, oslTokens: 300, share: 0.3 },
        ],
        requestRatePerSecond: { hourOfWeek: hours((hour) => (hour % 24 < 12 ? 2 : 9)) },
      },
      slo: { ttftMs: 4000, tpotMs: 100 },
    },
  ],
  batchJobs: [{ name: "summaries", model, requests: 1_000_000, islTokens: 1000, oslTokens: 200, deadlineHours: 168 }],
  trainingJobs: [{ name: "tune", model, sequenceLength: 2048, microBatchSize: 1, globalBatchSize: 64, tokens: 1e8, method: "lora" }],
  purchase: { horizonHours: 168, commitmentTerms: ["1y"] },
};

const catalog = marketOf([
  { type: "l4x1", capacityType: "on-demand", region: "here", cents: 80 },
  { type: "l4x1", capacityType: "spot", region: "here", cents: 30 },
  { type: "l4x1", capacityType: "reserved", region: "here", cents: 45 },
  { type: "a100x2", capacityType: "on-demand", region: "there", cents: 400 },
]);

/** A training line has the form of the others; what only serving has says nothing there. */
const formOfTraining = /^\/lines\/5\/(?:replicas|instancesPerReplica|replicasPerInstance|layout|precision|engine|predicted|needs)/;

let plan: Plan;
beforeAll(async () => {
  const parsed = parseRequest(planRequest, request);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  const outcome = await planFleet({ request: parsed.value, catalog, version: "test", newId: () => "plan_test" }, strictTools);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
  plan = JSON.parse(JSON.stringify(outcome.value));
}, 120_000);

it("is a plan with every kind of line, and holds", () => {
  const bought = new Set(plan.lines.map(({ for: use, capacityType }) => `${use} ${capacityType}`));
  expect([...bought].toSorted()).toEqual([
    "chat on-demand",
    "chat reserved",
    "chat spot",
    "summaries on-demand",
    "summaries reserved",
    "tune on-demand",
  ]);
  expect(plan.lines.filter(({ idle }) => idle)).toMatchObject([{ for: "summaries", capacityType: "reserved" }]);
  expect(plan.lines[5]?.training).toBeDefined();
  expect(verificationOf(checkPlan(plan))).toEqual({ holds: true, violations: [] });
});

it("is refused with any one field changed", () => {
  const { tried, accepted } = acceptedChanges(plan, 2);
  expect(tried).toBeGreaterThan(150);
  expect(accepted.filter((pointer) => !formOfTraining.test(pointer))).toEqual([]);
}, 120_000);
