import { checkPlan, type Plan, parseRequest, planRequest, readCatalog, verificationOf } from "@headroom/core";
import { beforeAll, describe, expect, it } from "vitest";
import { acceptedChanges } from "./fakes/mutated-plan.ts";
import { strictTools } from "./fakes/strict-tools.ts";
import { planFleet } from "./plan-fleet.ts";

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
    { provider: "cloud", source: "made up", name: "h200x8", accelerator: "h200", accelerators: 8, network: "rdma" },
  ],
  offers: [
    { id: "a", capacityType: "on-demand", usdPerInstanceHour: 0.8 },
    { id: "b", capacityType: "reserved", term: "1y", usdPerInstanceHour: 0.5 },
    { id: "c", capacityType: "spot", usdPerInstanceHour: 0.3 },
    { id: "d", instanceType: "h200x8", capacityType: "on-demand", usdPerInstanceHour: 190 },
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

const model = { id: "meta-llama/Llama-3.1-8B" };

const chat = (requestRatePerSecond: number | { hourOfWeek: number[] }) => ({
  name: "chat",
  model,
  demand: { classes: [{ name: "question", islTokens: 1000, oslTokens: 200, share: 1 }], requestRatePerSecond },
  slo: { ttftMs: 4000, tpotMs: 100 },
});

const surcharges = { storageUsdPerGibMonth: "0.10", providers: [{ provider: "cloud", egressUsdPerGib: "0.09" }] };

const requests = {
  "of a week": {
    services: [chat({ hourOfWeek: Array.from({ length: 168 }, (_, hour) => (hour % 24 < 12 ? 2 : 9)) })],
    purchase: { capacityTypes: ["on-demand", "reserved"] },
    market: { surcharges },
  },
  "in stages": {
    services: [{ ...chat(9), demand: { ...chat(9).demand, growthPerMonth: 0.2 } }],
    purchase: { horizonHours: 1460, commitmentTerms: ["1y"] },
    market: { surcharges: { storageUsdPerGibMonth: "0.10" } },
  },
  "of jobs": {
    services: [chat(9)],
    batchJobs: [{ name: "summaries", model, requests: 3_000_000, islTokens: 1000, oslTokens: 200, deadlineHours: 72 }],
    trainingJobs: [{ name: "tune", model, sequenceLength: 4096, microBatchSize: 1, globalBatchSize: 64, tokens: 2e9 }],
    market: { surcharges },
  },
};

const plans = new Map<string, Plan>();

beforeAll(async () => {
  const read = readCatalog(catalog);
  for (const [name, request] of Object.entries(requests)) {
    const parsed = parseRequest(planRequest, request);
    if (!parsed.ok || !read.ok) throw new Error("the request and the catalog read");
    const outcome = await planFleet({ request: parsed.value, catalog: read.value, version: "test", newId: () => "plan_test" }, strictTools);
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
    plans.set(name, JSON.parse(JSON.stringify(outcome.value)));
  }
}, 60_000);

const planNamed = (name: string): Plan => {
  const plan = plans.get(name);
  if (!plan) throw new Error(`no plan ${name}`);
  return plan;
};

describe.each(Object.keys(requests))("a plan %s", (name) => {
  it("is refused with any one field changed", () => {
    const { tried, accepted } = acceptedChanges(planNamed(name), 48);
    expect(tried).toBeGreaterThan(100);
    expect(accepted).toEqual([]);
  }, 120_000);

  it("is accepted as it is", () => {
    expect(verificationOf(checkPlan(planNamed(name)))).toEqual({ holds: true, violations: [] });
  });
});
