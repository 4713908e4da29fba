import { checkPlan, type Plan, parseRequest, planRequest, readCatalog, verificationOf } from "@headroom/core";
import { beforeAll, expect, it } from "vitest";
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

/** What nobody computes with: names, dates of the answer, words, and what the check itself writes. */
const free = [
  /^\/(?:id|name|catalogAsOf|assumptions|explanation)/,
  /^\/proof\/(?:verified|backend|seconds|checks)/,
  /^\/lines\/\d+\/predicted\/source$/,
  /^\/offers\/\d+\/zone$/,
  /\/providedRequestsPerSecond$/,
];

type Json = unknown;

const leaves = (value: Json, pointer = ""): string[] =>
  typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${pointer}/${key}`))
    : [pointer];

const changed = (value: Json): Json => {
  if (typeof value === "number") return value * 1.5 + 1;
  if (typeof value === "boolean") return !value;
  if (typeof value === "string") return /^\d+\.\d+$/.test(value) ? (Number(value) * 1.5 + 1).toFixed(2) : `${value}x`;
  return "x";
};

const withChange = (value: Json, [key, ...rest]: readonly string[]): Json => {
  if (key === undefined) return changed(value);
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) };
  (copy as Record<string, Json>)[key] = withChange((value as Record<string, Json>)[key], rest);
  return copy;
};

const refuses = (mutated: Plan): boolean => {
  try {
    return !verificationOf(checkPlan(mutated)).holds;
  } catch {
    return true;
  }
};

it("refuses a plan with any one field changed", () => {
  const every = leaves(plan).filter((pointer) => !free.some((pattern) => pattern.test(pointer)));
  // Hours repeat each other: the first two days stand for the week.
  const pointers = every.filter((pointer) => !/\/(?:hourOfWeek|demandMet|routing)\/(?:4[89]|[5-9]\d|1\d\d)/.test(pointer));
  expect(pointers.length).toBeGreaterThan(100);
  const accepted = pointers.filter((pointer) => !refuses(withChange(plan, pointer.split("/").slice(1)) as Plan));
  expect(accepted).toEqual([]);
}, 120_000);

it("refuses a staged plan with any one field changed", () => {
  expect(staged.stages).toHaveLength(2);
  const pointers = leaves(staged).filter((pointer) => !free.some((pattern) => pattern.test(pointer)));
  const accepted = pointers.filter((pointer) => !refuses(withChange(staged, pointer.split("/").slice(1)) as Plan));
  expect(accepted).toEqual([]);
}, 120_000);

it("accepts the plan as it is", () => {
  expect(verificationOf(checkPlan(plan))).toEqual({ holds: true, violations: [] });
  expect(verificationOf(checkPlan(staged))).toEqual({ holds: true, violations: [] });
});
