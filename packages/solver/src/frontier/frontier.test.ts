import { type Frontier, type FrontierRequest, frontierDocument, frontierRequest, parseRequest, readCatalog } from "@headroom/core";
import { describe, expect, it } from "vitest";
import { defaultBackends } from "../solve/backends.ts";
import { costFrontier } from "./cost-frontier.ts";

const tools = { backends: defaultBackends, nowMs: () => 0 };

const catalog = () => {
  const read = readCatalog({
    id: "test",
    asOf: "2026-07-30",
    description: "for tests",
    instanceTypes: [{ provider: "cloud", source: "made up", name: "l4x1", accelerator: "l4", accelerators: 1, network: "ethernet" }],
    offers: [
      { id: "on-demand", capacityType: "on-demand", usdPerInstanceHour: 0.8 },
      { id: "spot", capacityType: "spot", usdPerInstanceHour: 0.3 },
      { id: "reserved", capacityType: "reserved", term: "1y", usdPerInstanceHour: 0.5 },
      { id: "reserved-3y", capacityType: "reserved", term: "3y", usdPerInstanceHour: 0.4 },
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
  });
  if (!read.ok) throw new Error("the catalog reads");
  return read.value;
};

const week = Array.from({ length: 168 }, (_, hour) => 2 + Math.round(7 * Math.abs(Math.sin(hour / 7))));

const plan = {
  services: [
    {
      name: "chat",
      model: { id: "meta-llama/Llama-3.1-8B" },
      demand: { classes: [{ name: "question", islTokens: 1000, oslTokens: 200, share: 1 }], requestRatePerSecond: { hourOfWeek: week } },
      slo: { ttftMs: 4000, tpotMs: 80 },
    },
  ],
};

const asked = (frontier: object): FrontierRequest => {
  const request = parseRequest(frontierRequest, { plan, ...frontier });
  if (!request.ok) throw new Error(JSON.stringify(request.errors));
  return request.value;
};

const solved = async (frontier: object): Promise<Frontier> => {
  const input = { request: asked(frontier), catalog: catalog(), version: "test", newId: () => "plan_test" };
  const outcome = await costFrontier(input, tools);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
  return outcome.value;
};

const refusals = (frontier: object): readonly string[] => {
  const request = parseRequest(frontierRequest, { plan, ...frontier });
  return request.ok ? [] : request.errors.map(({ pointer }) => pointer);
};

describe("a frontier", () => {
  it.each([
    { name: "looser targets", frontier: { axis: "latency-target", values: [2, 0.8, 1, 1.5] }, looser: [1, 2, 3, 0] },
    { name: "more spot", frontier: { axis: "spot-share", values: [0, 0.25, 0.5, 1] }, looser: [0, 1, 2, 3] },
    { name: "a commitment", frontier: { axis: "commitment", values: ["none", "1y", "both"] }, looser: [0, 1, 2] },
  ])(
    "$name never cost more, and no bound is below that of a looser value",
    async ({ frontier, looser }) => {
      const { points } = await solved(frontier);
      expect(points.map(({ value }) => value)).toEqual(frontier.values);
      const inOrder = (field: "usdPerHour" | "lowerBoundUsdPerHour") => looser.map((at) => Number(points[at]?.[field]));
      for (const figures of [inOrder("usdPerHour"), inOrder("lowerBoundUsdPerHour")])
        expect(figures).toEqual(figures.toSorted((a, b) => b - a));
      expect(points.every(({ verified, gap }) => verified && gap !== null && gap >= 0)).toBe(true);
    },
    60_000,
  );

  it("is in the contract's shape, with what each point buys, and takes values of its own", async () => {
    const frontier = await solved({ axis: "horizon" });
    expect(frontierDocument.parse(frontier)).toEqual(frontier);
    expect(frontier.points.map(({ value }) => value)).toEqual([730, 4380, 8760, 26_280]);
    expect(frontier.points.every(({ accelerators }) => (accelerators.l4 ?? 0) > 0)).toBe(true);
    expect(frontier.assumptions).toMatchObject({ spotMaxShare: 0.5, axis: expect.stringContaining("hours") });
    expect(frontier.assumptions).not.toHaveProperty("horizonHours");
  }, 60_000);

  it("says where no plan exists, and goes on", async () => {
    const { points } = await solved({ axis: "latency-target", values: [0.01, 1] });
    expect(points.map(({ status }) => status === "infeasible")).toEqual([true, false]);
    expect(points[0]).toMatchObject({ usdPerHour: null, gap: null, accelerators: {} });
  });

  it("refuses a request that no value can save, with pointers into the plan", async () => {
    const request = asked({ axis: "spot-share", values: [0], plan: { ...plan, market: { regions: ["nowhere"] } } });
    const outcome = await costFrontier({ request, catalog: catalog(), version: "test", newId: () => "x" }, tools);
    expect(outcome).toMatchObject({ ok: false, errors: [{ pointer: "/plan/market/regions/0" }] });
  });

  it.each([
    { name: "an axis that is none", frontier: { axis: "price" }, pointers: ["/axis"] },
    { name: "a share above 1", frontier: { axis: "spot-share", values: [0.5, 1.5] }, pointers: ["/values/1"] },
    { name: "a term as a number", frontier: { axis: "commitment", values: ["none", 1] }, pointers: ["/values/1"] },
    { name: "a factor of 0", frontier: { axis: "latency-target", values: [0] }, pointers: ["/values/0"] },
    { name: "half an hour", frontier: { axis: "horizon", values: [0.5] }, pointers: ["/values/0"] },
    { name: "a value twice", frontier: { axis: "horizon", values: [730, 730] }, pointers: ["/values/1"] },
    { name: "no value", frontier: { axis: "horizon", values: [] }, pointers: ["/values"] },
    { name: "a wrong plan", frontier: { axis: "horizon", plan: { services: [] } }, pointers: ["/plan"] },
    {
      name: "commitments without reserved",
      frontier: { axis: "commitment", plan: { ...plan, purchase: { capacityTypes: ["spot"] } } },
      pointers: ["/plan/purchase/capacityTypes"],
    },
    {
      name: "hours of solving",
      frontier: { axis: "horizon", plan: { ...plan, limits: { timeLimitSeconds: 600 } } },
      pointers: ["/plan/limits/timeLimitSeconds"],
    },
  ])("refuses $name and names the field", ({ frontier, pointers }) => {
    expect(refusals(frontier)).toEqual(pointers);
  });
});
