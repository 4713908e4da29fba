import { parseRequest, planRequest, readCatalog } from "@headroom/core";
import { describe, expect, it } from "vitest";
import { defaultBackends } from "../solve/backends.ts";
import { compareScenarios } from "./compare-scenarios.ts";
import { costFrontier, type FrontierAxis } from "./cost-frontier.ts";

const tools = { backends: defaultBackends, nowMs: () => 0 };

const inputOf = () => {
  const catalog = readCatalog({
    id: "test",
    asOf: "2026-07-30",
    description: "for tests",
    instanceTypes: [{ provider: "cloud", source: "made up", name: "l4x1", accelerator: "l4", accelerators: 1, network: "ethernet" }],
    offers: [
      { id: "on-demand", capacityType: "on-demand", usdPerInstanceHour: 0.8 },
      { id: "spot", capacityType: "spot", usdPerInstanceHour: 0.3 },
      { id: "reserved", capacityType: "reserved", term: "1y", usdPerInstanceHour: 0.5 },
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
  const request = parseRequest(planRequest, {
    services: [
      {
        name: "chat",
        model: { id: "meta-llama/Llama-3.1-8B" },
        demand: { classes: [{ name: "question", islTokens: 1000, oslTokens: 200, share: 1 }], requestRatePerSecond: 9 },
        slo: { ttftMs: 4000, tpotMs: 80 },
      },
    ],
  });
  if (!catalog.ok || !request.ok) throw new Error("the catalog and the request read");
  return { catalog: catalog.value, request: request.value, version: "test", newId: () => "plan_test" };
};

describe("a frontier", () => {
  it.each<{ name: string; frontier: FrontierAxis }>([
    { name: "looser targets", frontier: { axis: "latency-target", values: [1, 1.25, 1.5, 2] } },
    { name: "more spot", frontier: { axis: "spot-share", values: [0, 0.25, 0.5, 1] } },
    { name: "a commitment", frontier: { axis: "commitment", values: ["none", "1y"] } },
    { name: "a longer horizon", frontier: { axis: "horizon", values: [4380, 8760] } },
  ])("$name never cost more", async ({ frontier }) => {
    const outcome = await costFrontier(inputOf(), frontier, tools);
    const costs = outcome.ok ? outcome.value.map(({ usdPerHour }) => Number(usdPerHour)) : [];
    expect(costs).toHaveLength(frontier.values.length);
    expect(costs).toEqual(costs.toSorted((a, b) => b - a));
  });
});

it("the plan for the most demand carries every scenario, and regrets what it pays in the others", async () => {
  const outcome = await compareScenarios(
    inputOf(),
    [
      { name: "P50", demandFactor: 1 },
      { name: "P90", demandFactor: 1.5, priceFactors: { spot: 1.2 } },
    ],
    tools,
  );
  expect(outcome).toMatchObject({ ok: true, value: { bestAgainstWorst: "P90" } });
  if (!outcome.ok) return;
  const regret = (plan: string, scenario: string) =>
    outcome.value.regrets.find((row) => row.plan === plan && row.scenario === scenario)?.regretUsdPerHour;
  expect(regret("P50", "P50")).toBe("0.00");
  expect(regret("P50", "P90")).toBeNull();
  expect(Number(regret("P90", "P50"))).toBeGreaterThan(0);
});
