import { type Catalog, checkPlan, type Plan, type PlanRequest, parseRequest, planDocument, planRequest, readCatalog, verificationOf } from "@headroom/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planFleet } from "./plan-fleet.ts";
import { defaultBackends } from "./solve/backends.ts";

interface OfferRow {
  readonly type?: "l4x1" | "l4x4";
  readonly capacityType?: "on-demand" | "spot" | "reserved";
  readonly usd: number;
  readonly region?: string;
  readonly stock?: number;
}

const catalogOf = (rows: readonly OfferRow[]): Catalog => {
  const outcome = readCatalog({
    id: "test",
    asOf: "2026-07-30",
    description: "for tests",
    instanceTypes: [1, 4].map((accelerators) => ({
      provider: "cloud",
      source: "made up",
      name: `l4x${accelerators}`,
      accelerator: "l4",
      accelerators,
      network: "ethernet",
    })),
    offers: rows.map(({ type = "l4x1", capacityType = "on-demand", usd, region = "here", stock }) => ({
      id: [region, type, capacityType].join("/"),
      provider: "cloud",
      instanceType: type,
      region,
      capacityType,
      ...(capacityType === "reserved" ? { term: "1y" } : {}),
      usdPerInstanceHour: usd,
      ...(stock === undefined ? {} : { stock }),
      trust: "list",
      source: "made up",
      date: "2026-07-01",
    })),
    notForSale: [],
  });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
  return outcome.value;
};

const both: readonly OfferRow[] = [{ usd: 0.8 }, { usd: 0.5, capacityType: "reserved" }];

interface Asked {
  readonly name?: string;
  readonly rate?: number | readonly number[];
  readonly growth?: number;
}

const service = ({ name = "chat", rate = 9, growth }: Asked = {}): PlanRequest["services"][number] => ({
  name,
  model: { id: "meta-llama/Llama-3.1-8B" },
  demand: {
    classes: [{ name: "question", islTokens: 1000, oslTokens: 200, share: 1 }],
    requestRatePerSecond: typeof rate === "number" ? rate : { hourOfWeek: [...rate] },
    ...(growth === undefined ? {} : { growthPerMonth: growth }),
  },
  slo: { ttftMs: 4000, tpotMs: 100 },
});

const planOf = async (request: PlanRequest, catalog: Catalog = catalogOf(both)): Promise<Plan> => {
  const parsed = parseRequest(planRequest, request);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  const outcome = await planFleet(
    { request: parsed.value, catalog, version: "test", newId: () => "plan_test" },
    { backends: defaultBackends, nowMs: () => 0 },
  );
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
  return outcome.value;
};

const costOf = (plan: Plan): number => Number(plan.cost?.usdPerHour);

/** Instances at work in the busiest hour of each stage. */
const byStage = ({ lines, stages = [] }: Plan, keep: (line: Plan["lines"][number]) => boolean = () => true): number[] =>
  stages.map(({ fromHour }) =>
    lines
      .filter((line) => keep(line) && (line.active?.fromHour ?? 0) <= fromHour && (line.active?.untilHour ?? fromHour + 1) > fromHour)
      .reduce((sum, { instances }) => sum + (typeof instances === "number" ? instances : Math.max(...instances.hourOfWeek)), 0),
  );

describe("growing demand", () => {
  it("tries", async () => {
    for (const growth of [0.1, -0.08]) {
    const t = Date.now();
    const plan = await planOf({ services: [service({ growth })] });
    console.log(Date.now()-t, plan.status, plan.proof.gap, plan.cost, byStage(plan), plan.lines.map(l => [l.capacityType, l.instances, l.active, l.usdPerHour]), plan.explanation.baselines, plan.explanation.runnersUp);
    const none = await planOf({ services: [service({ growth })], purchase: { stages: "none" } });
    console.log(none.cost, none.explanation.baselines);
    }
  });
});
