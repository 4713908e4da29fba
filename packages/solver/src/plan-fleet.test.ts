import {
  type Catalog,
  checkPlan,
  type Plan,
  type PlanRequest,
  parseRequest,
  planDocument,
  planRequest,
  readCatalog,
  verificationOf,
} from "@headroom/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planFor } from "./fakes/plan-for.ts";
import { strictTools } from "./fakes/strict-tools.ts";
import { planFleet } from "./plan-fleet.ts";

interface OfferRow {
  readonly type: string;
  readonly capacityType?: "on-demand" | "spot" | "reserved";
  readonly term?: "1y" | "3y";
  readonly usd: number;
  readonly region?: string;
}

const machines = [
  { name: "h100x8", accelerator: "h100", accelerators: 8, network: "rdma", networkGbps: 3200 },
  { name: "h200x8", accelerator: "h200", accelerators: 8, network: "rdma", networkGbps: 3200 },
  { name: "l4x1", accelerator: "l4", accelerators: 1, network: "ethernet" },
  { name: "a100x8", accelerator: "a100-80gb", accelerators: 8, network: "rdma", networkGbps: 400 },
];

const catalogOf = (rows: readonly OfferRow[]): Catalog => {
  const outcome = readCatalog({
    id: "test",
    asOf: "2026-07-30",
    description: "for tests",
    instanceTypes: machines.map((machine) => ({ provider: "cloud", source: "made up", ...machine })),
    offers: rows.map(({ type, capacityType = "on-demand", term, usd, region = "here" }) => ({
      id: [region, type, capacityType, term].filter(Boolean).join("/"),
      provider: "cloud",
      instanceType: type,
      region,
      capacityType,
      ...(term ? { term } : {}),
      usdPerInstanceHour: usd,
      trust: "list",
      source: "made up",
      date: "2026-07-01",
    })),
    notForSale: [{ what: "Jetson AGX Orin", reason: "nobody rents it" }],
  });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
  return outcome.value;
};

const usual: readonly OfferRow[] = [
  { type: "h100x8", usd: 24 },
  { type: "h100x8", usd: 10, capacityType: "spot" },
  { type: "h200x8", usd: 28 },
  { type: "h200x8", usd: 12, capacityType: "spot" },
  { type: "h200x8", usd: 21, capacityType: "reserved", term: "1y" },
  { type: "l4x1", usd: 0.8 },
  { type: "a100x8", usd: 15 },
];

const llama = (rate: PlanRequest["services"][number]["demand"]["requestRatePerSecond"] = 5): PlanRequest["services"][number] => ({
  name: "chat",
  model: { id: "meta-llama/Llama-3.1-8B" },
  demand: { classes: [{ name: "question", islTokens: 1000, oslTokens: 200, share: 1 }], requestRatePerSecond: rate },
  slo: { ttftMs: 2000, tpotMs: 60 },
});

const deepSeek = (users = 1000): PlanRequest["services"][number] => ({
  name: "knowledge-base",
  model: { id: "deepseek-ai/DeepSeek-V3" },
  demand: {
    classes: [{ name: "question", islTokens: 1024, oslTokens: 1024, share: 1 }],
    requestRatePerSecond: { users, concurrentShare: 0.05 },
  },
  slo: { ttftMs: 2000, tpotMs: 50, percentile: 95 },
});

const planOf = (request: PlanRequest, catalog = catalogOf(usual)): Promise<Plan> => planFor(request, catalog);

const costOf = ({ cost }: Plan): number => Number(cost?.usdPerHour ?? Number.POSITIVE_INFINITY);

describe("a plan", () => {
  it("is in the contract's shape, proved, and passes the check by itself", async () => {
    const plan = await planOf({ services: [deepSeek()] });
    expect(planDocument.safeParse(JSON.parse(JSON.stringify(plan))).error).toBeUndefined();
    expect(plan).toMatchObject({ status: "optimal", proof: { verified: true, gap: 0 } });
    expect(verificationOf(checkPlan(JSON.parse(JSON.stringify(plan))))).toEqual({ holds: true, violations: [] });
  });

  it("is the same bytes for the same question, in any order of the catalog", async () => {
    const shuffled = catalogOf(usual.toReversed());
    expect(JSON.stringify(await planOf({ services: [deepSeek()] }, shuffled))).toBe(
      JSON.stringify(await planOf({ services: [deepSeek()] })),
    );
  });

  it("serves DeepSeek-V3 from one H200 machine and says what is missing on H100", async () => {
    const plan = await planOf({ services: [deepSeek()] });
    expect(plan.lines).toMatchObject([{ accelerator: "h200-sxm", capacityType: "reserved", instances: 1 }]);
    expect(plan.explanation.rejections).toContainEqual(
      expect.objectContaining({
        code: "memory",
        what: expect.stringContaining("8 × H100 80GB SXM"),
        detail: expect.stringContaining("10.8 GiB are missing on each accelerator"),
      }),
    );
  });

  it("names the price at which a dearer accelerator would enter", async () => {
    const plan = await planOf({ services: [deepSeek()] });
    const dearer = plan.explanation.rejections.find(({ code, what }) => code === "dearer" && what.includes("H100"));
    expect(dearer).toMatchObject({ what: "16 × H100 80GB SXM", wouldEnterAtUsdPerInstanceHour: "10.50" });
  });

  it("spreads a replica over instances where one does not hold it", async () => {
    const plan = await planOf({ services: [deepSeek()], market: { accelerators: ["h100"] } });
    expect(plan.lines).toMatchObject([{ instances: 2, replicas: 1, instancesPerReplica: 2, needs: { network: "rdma" } }]);
  });

  it("puts several replicas on one instance", async () => {
    const plan = await planOf({
      services: [llama(40)],
      market: { accelerators: ["a100-80gb"] },
      purchase: { capacityTypes: ["on-demand"] },
    });
    const [line] = plan.lines;
    expect(line?.replicas).toBe(Number(line?.instances) * (line?.replicasPerInstance ?? 0));
    expect(line?.replicasPerInstance).toBeGreaterThan(1);
  });

  it("serves two services from one request", async () => {
    const plan = await planOf({ services: [llama(), deepSeek()] });
    expect(new Set(plan.lines.map((line) => line.for))).toEqual(new Set(["chat", "knowledge-base"]));
    expect(Object.keys(plan.cost?.usdPerMillionOutputTokens ?? {})).toEqual(["chat", "knowledge-base"]);
  });

  it("counts what a commitment owes after the horizon, and takes one only when asked", async () => {
    const short = await planOf({ services: [deepSeek()], purchase: { horizonHours: 4380 } });
    expect(short.lines.some(({ capacityType }) => capacityType === "reserved")).toBe(false);
    const asked = await planOf({ services: [deepSeek()], purchase: { horizonHours: 4380, commitmentTerms: ["1y"] } });
    expect(asked.cost).toMatchObject({ usdPerHour: "21.00", usdHorizon: "91980.00", usdCommittedBeyondHorizon: "91980.00" });
  });
});

describe("rules", () => {
  it("keeps spot to its share", async () => {
    const plan = await planOf({ services: [deepSeek(40_000)], purchase: { spotMaxShare: 0.5 } });
    const accelerators = (type?: string) =>
      plan.lines.reduce(
        (sum, line) => (!type || line.capacityType === type ? sum + Number(line.instances) * line.acceleratorsPerInstance : sum),
        0,
      );
    expect(accelerators("spot")).toBeGreaterThan(0);
    expect(accelerators("spot")).toBeLessThanOrEqual(accelerators() / 2);
  });

  it("keeps to a quota and says what one more would save", async () => {
    const plan = await planOf({ services: [deepSeek()], market: { quotas: [{ accelerator: "h200", max: 7 }] } });
    expect(plan.lines.every(({ accelerator }) => accelerator !== "h200-sxm")).toBe(true);
    expect(plan.explanation.bindingConstraints).toContainEqual(
      expect.objectContaining({ constraint: expect.stringContaining("quota of 7 h200-sxm") }),
    );
  });

  it("does not drop a dearer machine when the cheaper one can run out", async () => {
    const rows: OfferRow[] = [
      { type: "h200x8", usd: 20, region: "a" },
      { type: "h200x8", usd: 30, region: "b" },
    ];
    const plan = await planOf(
      {
        services: [deepSeek(20_000)],
        purchase: { capacityTypes: ["on-demand"] },
        market: { quotas: [{ instanceType: "h200x8", region: "a", max: 1 }] },
      },
      catalogOf(rows),
    );
    expect(plan.lines.map(({ region, instances }) => [region, instances])).toEqual([
      ["a", 1],
      ["b", expect.any(Number)],
    ]);
  });
});

describe("no plan", () => {
  it("names the target that nothing meets and what would do", async () => {
    const plan = await planOf({ services: [{ ...deepSeek(), slo: { tpotMs: 1 } }] });
    expect(plan).toMatchObject({ status: "infeasible", cost: null, lines: [] });
    expect(plan.explanation.relaxations).toContainEqual(expect.objectContaining({ change: "tpotMs of knowledge-base", from: "1 ms" }));
    expect(plan.explanation.text[0]).toBe("No plan meets the request.");
  });

  it("names the budget that is too small and the one that suffices", async () => {
    const plan = await planOf({ services: [deepSeek()], limits: { budgetUsdPerMonth: 10_000 } });
    expect(plan.explanation.relaxations).toContainEqual({
      change: "budgetUsdPerMonth",
      from: "10000.00",
      to: "15330.00",
      usdPerHour: "21.00",
    });
  });

  it("names several changes where no single one is enough, and none that can be spared", async () => {
    const plan = await planOf({
      services: [{ ...deepSeek(), slo: { tpotMs: 1 } }],
      purchase: { spotMaxShare: 0.5 },
      limits: { budgetUsdPerMonth: 10_000 },
    });
    expect(plan.explanation.relaxations).toMatchObject([
      { change: "tpotMs of knowledge-base, and budgetUsdPerMonth", from: "1 ms, and 10000.00" },
    ]);
  });

  it("refuses names that the catalog has never heard of", async () => {
    const parsed = parseRequest(planRequest, { services: [deepSeek()], market: { providers: ["clout"] } });
    const outcome = parsed.ok
      ? await planFleet({ request: parsed.value, catalog: catalogOf(usual), version: "test", newId: () => "x" }, strictTools)
      : parsed;
    expect(outcome).toMatchObject({ ok: false, errors: [{ pointer: "/market/providers/0" }] });
  });
});

describe("properties", () => {
  const users = fc.integer({ min: 20, max: 100_000 });

  it("more demand never costs less", async () => {
    await fc.assert(
      fc.asyncProperty(users, fc.integer({ min: 1, max: 50_000 }), async (few, more) => {
        expect(costOf(await planOf({ services: [deepSeek(few + more)] }))).toBeGreaterThanOrEqual(
          costOf(await planOf({ services: [deepSeek(few)] })) - 1e-6,
        );
      }),
      { numRuns: 12 },
    );
  });

  it("a looser target never costs more", async () => {
    await fc.assert(
      fc.asyncProperty(users, fc.integer({ min: 12, max: 80 }), fc.integer({ min: 0, max: 60 }), async (count, tpotMs, looser) => {
        const at = async (target: number) => costOf(await planOf({ services: [{ ...deepSeek(count), slo: { tpotMs: target } }] }));
        expect(await at(tpotMs + looser)).toBeLessThanOrEqual((await at(tpotMs)) + 1e-6);
      }),
      { numRuns: 12 },
    );
  });

  it("another offer never costs more, and prices × k give cost × k", async () => {
    await fc.assert(
      fc.asyncProperty(users, fc.integer({ min: 1, max: 40 }), fc.constantFrom(2, 3, 10), async (count, usd, factor) => {
        const request = { services: [deepSeek(count)] };
        const before = costOf(await planOf(request));
        expect(costOf(await planOf(request, catalogOf([...usual, { type: "h200x8", usd, region: "there" }])))).toBeLessThanOrEqual(
          before + 1e-6,
        );
        const scaled = await planOf(request, catalogOf(usual.map((row) => ({ ...row, usd: row.usd * factor }))));
        expect(costOf(scaled)).toBeCloseTo(before * factor, 4);
      }),
      { numRuns: 10 },
    );
  });
});

describe("the check", () => {
  it.each([
    {
      name: "fewer instances",
      change: (plan: Plan) => ({ lines: plan.lines.map((line) => ({ ...line, instances: 0 })) }),
      rule: "whole counts",
    },
    {
      name: "another price",
      change: (plan: Plan) => ({ lines: plan.lines.map((line) => ({ ...line, usdPerInstanceHour: "1.00" })) }),
      rule: "price",
    },
    { name: "a smaller cost", change: (plan: Plan) => ({ cost: plan.cost && { ...plan.cost, usdPerHour: "1.00" } }), rule: "cost" },
    {
      name: "less weight",
      change: (plan: Plan) => ({ lines: plan.lines.map((line) => ({ ...line, memory: { ...line.memory, weightsGib: 37 } })) }),
      rule: "memory",
    },
    {
      name: "more in flight than fits",
      change: (plan: Plan) => ({
        lines: plan.lines.map((line) => ({
          ...line,
          ...(line.predicted ? { predicted: { ...line.predicted, maxRequestsInFlightPerReplica: { question: 1_000_000 } } } : {}),
        })),
      }),
      rule: "latency",
    },
    {
      name: "half the routing",
      change: (plan: Plan) => ({ routing: plan.routing.map((route) => ({ ...route, shares: { 0: 0.5 } })) }),
      rule: "demand",
    },
    {
      name: "a bound above the cost",
      change: (plan: Plan) => ({ proof: { ...plan.proof, lowerBoundUsdPerHour: "999.00" } }),
      rule: "bound",
    },
    { name: "a gap that does not follow", change: (plan: Plan) => ({ proof: { ...plan.proof, gap: 0.5 } }), rule: "bound" },
    { name: "another request", change: (plan: Plan) => ({ request: { ...plan.request, services: [deepSeek(999)] } }), rule: "input hash" },
  ])("refuses $name", async ({ change, rule }) => {
    const plan = await planOf({ services: [deepSeek()] });
    const { holds, violations } = verificationOf(checkPlan({ ...plan, ...change(plan) }));
    expect(holds).toBe(false);
    expect(violations.map((violation) => violation.rule)).toContain(rule);
  });
});
