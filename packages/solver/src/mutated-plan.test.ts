import { checkPlan, type Plan, parseRequest, planRequest, readCatalog, verificationOf } from "@headroom/core";
import { beforeAll, expect, it } from "vitest";
import { acceptedChanges } from "./fakes/mutated-plan.ts";
import { planFleet } from "./plan-fleet.ts";
import { defaultBackends } from "./solve/backends.ts";

const catalog = {
  id: "test",
  asOf: "2026-07-30",
  description: "for tests",
  instanceTypes: [
    {
      provider: "cloud",
      source: "made up",
      name: "l4x1",
      accelerator: "l4",
      accelerators: 1,
      hostMemoryGib: 64,
      network: "ethernet",
      networkGbps: 25,
    },
  ],
  offers: [
    { id: "a", capacityType: "on-demand", usdPerInstanceHour: 0.8 },
    { id: "b", capacityType: "reserved", term: "1y", usdPerInstanceHour: 0.5 },
  ].map((offer) => ({
    provider: "cloud",
    instanceType: "l4x1",
    region: "here",
    trust: "list",
    source: "made up",
    date: "2026-07-01",
    ...offer,
  })),
  notForSale: [],
};

const request = {
  services: [
    {
      name: "chat",
      model: { id: "meta-llama/Llama-3.1-8B" },
      demand: {
        classes: [{ name: "question", islTokens: 1000, oslTokens: 200, share: 1 }],
        requestRatePerSecond: { hourOfWeek: Array.from({ length: 168 }, (_, hour) => (hour % 24 < 12 ? 2 : 9)) },
      },
      slo: { ttftMs: 4000, tpotMs: 100 },
    },
  ],
  market: { surcharges: { storageUsdPerGibMonth: "0.10", providers: [{ provider: "cloud", egressUsdPerGib: "0.09" }] } },
};

const growing = {
  services: request.services.map((service) => ({
    ...service,
    demand: { ...service.demand, requestRatePerSecond: 9, growthPerMonth: 0.2 },
  })),
  purchase: { horizonHours: 1460, commitmentTerms: ["1y"] },
  market: { surcharges: { storageUsdPerGibMonth: "0.10" } },
};

let plan: Plan;
let staged: Plan;

beforeAll(async () => {
  plan = await planOf(request);
  staged = await planOf(growing);
}, 60_000);

const planOf = async (asked: unknown): Promise<Plan> => {
  const parsed = parseRequest(planRequest, asked);
  const read = readCatalog(catalog);
  if (!parsed.ok || !read.ok) throw new Error("the request and the catalog read");
  const outcome = await planFleet(
    { request: parsed.value, catalog: read.value, version: "test", newId: () => "plan_test" },
    { backends: defaultBackends, nowMs: () => 0 },
  );
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
  return JSON.parse(JSON.stringify(outcome.value));
};

it("refuses a plan with any one field changed", () => {
  const { tried, accepted } = acceptedChanges(plan, 48);
  expect(tried).toBeGreaterThan(100);
  expect(accepted).toEqual([]);
}, 120_000);

it("refuses a staged plan with any one field changed", () => {
  expect(staged.stages).toHaveLength(2);
  expect(acceptedChanges(staged, 48).accepted).toEqual([]);
}, 120_000);

it("accepts the plan as it is", () => {
  expect(verificationOf(checkPlan(plan))).toEqual({ holds: true, violations: [] });
  expect(verificationOf(checkPlan(staged))).toEqual({ holds: true, violations: [] });
});
