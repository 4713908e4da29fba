import { type PlanRequest, parseRequest, planRequest } from "@headroom/core";
import { expect, it } from "vitest";
import { hours, marketOf } from "../fakes/weekly-case.ts";
import { planFleet } from "../plan-fleet.ts";
import { defaultBackends } from "../solve/backends.ts";

const catalog = marketOf([
  { type: "l4x1", capacityType: "on-demand", region: "here", cents: 80 },
  { type: "a100x2", capacityType: "on-demand", region: "there", cents: 400 },
]);

const classes = Array.from({ length: 20 }, (_, index) => ({ name: `class-${index}`, islTokens: 500 + index, oslTokens: 100, share: 0.05 }));

const request = (timeLimitSeconds: number): PlanRequest => ({
  services: Array.from({ length: 50 }, (_, index) => ({
    name: `service-${index}`,
    model: { id: "meta-llama/Llama-3.1-8B" },
    demand: { classes, requestRatePerSecond: { hourOfWeek: hours((hour) => 1 + (hour % 24)) } },
    slo: { tpotMs: 100 },
  })),
  limits: { timeLimitSeconds },
});

it("refuses a question too large for its time before anything of it is computed, and says what to reduce", async () => {
  const parsed = parseRequest(planRequest, request(0.1));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  const stages: string[] = [];
  const outcome = await planFleet(
    { request: parsed.value, catalog, version: "test", newId: () => "plan_test" },
    { backends: defaultBackends, nowMs: () => 0, onStage: (stage) => stages.push(stage) },
  );
  expect(stages).toEqual([]);
  expect(outcome).toMatchObject({ ok: false, errors: [{ pointer: "/services" }] });
  const [error] = outcome.ok ? [] : outcome.errors;
  expect(error?.detail).toMatch(/50 services and batch jobs, 1,000 traffic classes/);
  expect(error?.detail).toMatch(/fewer services or traffic classes, narrow market\.accelerators.*or set limits\.timeLimitSeconds to 1$/);
});

it("gives up a question whose time ends while candidates are weighed", async () => {
  const parsed = parseRequest(planRequest, request(10));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  let now = 0;
  const outcome = await planFleet(
    { request: parsed.value, catalog, version: "test", newId: () => "plan_test" },
    { backends: defaultBackends, nowMs: () => (now += 2000) },
  );
  expect(outcome).toMatchObject({ ok: false, errors: [{ pointer: "/limits/timeLimitSeconds" }] });
});
