import { describe, expect, it } from "vitest";
import { memoryRequest } from "./memory-request.ts";
import { parseMixRequest } from "./mix-request.ts";
import { parseRequest } from "./parse-request.ts";
import { planRequest } from "./plan-request.ts";

const pointersOf = (outcome: ReturnType<typeof parseRequest>) => (outcome.ok ? [] : outcome.errors.map(({ pointer }) => pointer));

const service = (change: object = {}) => ({
  name: "chat",
  model: { id: "meta-llama/Llama-3.1-8B" },
  demand: { classes: [{ name: "short", islTokens: 100, oslTokens: 100, share: 1 }], requestRatePerSecond: 5 },
  slo: { ttftMs: 1000 },
  ...change,
});

describe("memory requests", () => {
  it.each([
    { name: "an unknown field", request: { model: { id: "x" }, acelerator: {} }, pointer: "/acelerator" },
    { name: "no model", request: {}, pointer: "/model" },
    { name: "a model without id or config", request: { model: {} }, pointer: "/model" },
    { name: "a negative size", request: { model: { id: "x" }, layout: { tensorParallelSize: -1 } }, pointer: "/layout/tensorParallelSize" },
    {
      name: "a fraction of a rank",
      request: { model: { id: "x" }, layout: { tensorParallelSize: 1.5 } },
      pointer: "/layout/tensorParallelSize",
    },
    { name: "NaN", request: { model: { id: "x" }, engine: { gpuMemoryUtilization: Number.NaN } }, pointer: "/engine/gpuMemoryUtilization" },
    { name: "an unknown format", request: { model: { id: "x" }, precision: { weights: "fp6" } }, pointer: "/precision/weights" },
    {
      name: "an unknown part",
      request: { model: { id: "x" }, precision: { weights: { experts: "fp8" } } },
      pointer: "/precision/weights/experts",
    },
    { name: "an array", request: [], pointer: "" },
    { name: "null", request: null, pointer: "" },
  ])("names the field for $name", ({ request, pointer }) => {
    expect(pointersOf(parseRequest(memoryRequest, request))).toEqual([pointer]);
  });

  it("says what would be right", () => {
    const outcome = parseRequest(memoryRequest, { model: { id: "x" }, concurrency: 0 });
    expect(outcome).toEqual({ ok: false, errors: [{ pointer: "/concurrency", detail: "must be a whole number, 1 to 1000000" }] });
  });
});

describe("plan requests", () => {
  it.each([
    {
      name: "classes that do not add up",
      change: { demand: { classes: [{ name: "a", islTokens: 1, oslTokens: 1, share: 0.5 }], requestRatePerSecond: 1 } },
      pointer: "/services/0/demand/classes",
    },
    {
      name: "a negative rate",
      change: { demand: { ...service().demand, requestRatePerSecond: -3 } },
      pointer: "/services/0/demand/requestRatePerSecond",
    },
    {
      name: "users without a share",
      change: { demand: { ...service().demand, requestRatePerSecond: { users: 10 } } },
      pointer: "/services/0/demand/requestRatePerSecond/concurrentShare",
    },
    { name: "no target", change: { slo: {} }, pointer: "/services/0/slo" },
    { name: "an impossible percentile", change: { slo: { ttftMs: 1, percentile: 100 } }, pointer: "/services/0/slo/percentile" },
  ])("names the field for $name", ({ change, pointer }) => {
    expect(pointersOf(parseRequest(planRequest, { services: [service(change)] }))).toEqual([pointer]);
  });

  it("refuses two services of one name and a quota of nothing in particular", () => {
    const request = { services: [service(), service()], market: { quotas: [{ max: 3 }] } };
    expect(pointersOf(parseRequest(planRequest, request))).toEqual(["/services/1/name", "/market/quotas/0"]);
  });

  it.each([{}, { services: [] }, { batchJobs: [], trainingJobs: [] }])("refuses a request for nothing: %j", (request) => {
    expect(parseRequest(planRequest, request)).toMatchObject({
      errors: [{ pointer: "", detail: "needs at least one of services, batchJobs and trainingJobs" }],
    });
  });
});

describe("mix requests", () => {
  it("speaks of the form the caller meant", () => {
    expect(pointersOf(parseMixRequest({ services: [] }))).toEqual(["/services"]);
    expect(pointersOf(parseMixRequest({ machines: [] }))).toEqual(["/machines", "/demand"]);
  });

  it("refuses a name that every JSON object has already", () => {
    const machine = { id: "constructor", usdPerHour: 1, requestsPerSecond: [[1]] };
    expect(pointersOf(parseMixRequest({ machines: [machine], demand: { distribution: [[1]], requestRatePerSecond: 1 } }))).toEqual([
      "/machines/0/id",
    ]);
  });

  it("refuses prices that are no money", () => {
    const machine = { id: "A", usdPerHour: "1e3", requestsPerSecond: [[1]] };
    expect(pointersOf(parseMixRequest({ machines: [machine], demand: { distribution: [[1]], requestRatePerSecond: 1 } }))).toEqual([
      "/machines/0/usdPerHour",
    ]);
  });
});
