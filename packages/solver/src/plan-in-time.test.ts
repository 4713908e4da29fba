import { type PlanRequest, parseRequest, planRequest, readCatalog } from "@headroom/core";
import { expect, it } from "vitest";
import type { Backend } from "./backends/backend.ts";
import { planFleet } from "./plan-fleet.ts";
import { defaultBackends } from "./solve/backends.ts";

const catalog = () => {
  const rows = [
    { type: "l4x1", capacityType: "on-demand", usd: 0.8 },
    { type: "l4x1", capacityType: "spot", usd: 0.3 },
    { type: "h100x8", capacityType: "on-demand", usd: 22 },
    { type: "h100x8", capacityType: "spot", usd: 10 },
  ] as const;
  const outcome = readCatalog({
    id: "test",
    asOf: "2026-07-30",
    description: "for tests",
    instanceTypes: [
      { provider: "cloud", source: "made up", name: "l4x1", accelerator: "l4", accelerators: 1, network: "ethernet" },
      { provider: "cloud", source: "made up", name: "h100x8", accelerator: "h100", accelerators: 8, network: "ethernet" },
    ],
    offers: rows.map(({ type, capacityType, usd }) => ({
      id: `${type}/${capacityType}`,
      provider: "cloud",
      instanceType: type,
      region: "here",
      capacityType,
      usdPerInstanceHour: usd,
      trust: "list",
      source: "made up",
      date: "2026-07-01",
    })),
    notForSale: [],
  });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
  return outcome.value;
};

type Service = PlanRequest["services"][number];

const service = (name: string, peak: number): Service => ({
  name,
  model: { id: "meta-llama/Llama-3.1-8B" },
  demand: {
    classes: [
      { name: "question", islTokens: 1000, oslTokens: 200, share: 0.7 },
      { name: "document", islTokens: 5000, oslTokens: 300, share: 0.3 },
    ],
    requestRatePerSecond: { hourOfWeek: Array.from({ length: 168 }, (_, hour) => peak * (0.3 + 0.7 * Math.abs(Math.sin(hour / 8)))) },
  },
  slo: { ttftMs: 4000, tpotMs: 100 },
});

/** A clock on which every look at it takes so long. */
const slowClock = (msPerLook: number): (() => number) => {
  let ms = 0;
  return () => {
    ms += msPerLook;
    return ms;
  };
};

it.each([
  { name: "there is time", msPerLook: 0 },
  { name: "the time is nearly over when the solve begins", msPerLook: 250 },
  { name: "the time is over before the explanation", msPerLook: 350 },
])("answers with a plan that is checked, and claims no more than its bound proves, where $name", async ({ msPerLook }) => {
  const request = parseRequest(planRequest, { services: [service("chat", 60), service("search", 90)], limits: { timeLimitSeconds: 1 } });
  if (!request.ok) throw new Error(JSON.stringify(request.errors));
  const outcome = await planFleet(
    { request: request.value, catalog: catalog(), version: "test", newId: () => "plan_test" },
    { backends: defaultBackends, nowMs: slowClock(msPerLook) },
  );
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
  const { status, proof, cost } = outcome.value;
  expect(proof.verified).toBe(true);
  expect(cost).not.toBeNull();
  if (proof.gap === null) expect(status).toBe("feasible");
  else expect(Number(proof.lowerBoundUsdPerHour)).toBeLessThanOrEqual(Number(cost?.usdPerHour));
});

/** A clock that runs while a program is solved, each taking all the time that it is given. */
const greedyPrograms = () => {
  let ms = 0;
  const large = async (): Promise<Backend> => {
    const backend = await defaultBackends.large();
    return {
      ...backend,
      solve: (program, solveLimits) => {
        ms += solveLimits.timeLimitSeconds * 1000;
        return backend.solve(program, solveLimits);
      },
    };
  };
  return { backends: { ...defaultBackends, large }, nowMs: () => ms };
};

/** What a program gets that is begun in the last moment. */
const leastMs = 50;

const constant = ({ demand, ...rest }: Service): Service => ({ ...rest, demand: { ...demand, requestRatePerSecond: 40 } });

const many = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"].map((name, index) => service(name, 60 + 9 * index));

it.each([
  { name: "ten services over a week", services: many },
  { name: "a constant demand of three services", services: many.slice(0, 3).map(constant) },
])("ends within the limit and two seconds, explanation and all, though every program takes what it is given, for $name", async (asked) => {
  const request = parseRequest(planRequest, { services: asked.services, limits: { timeLimitSeconds: 1 } });
  if (!request.ok) throw new Error(JSON.stringify(request.errors));
  const tools = greedyPrograms();
  const outcome = await planFleet({ request: request.value, catalog: catalog(), version: "test", newId: () => "plan_test" }, tools);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
  expect(outcome.value.proof.verified).toBe(true);
  expect(tools.nowMs()).toBeGreaterThan(0);
  expect(tools.nowMs()).toBeLessThanOrEqual(3000 + 5 * leastMs);
});
