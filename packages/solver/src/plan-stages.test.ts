import { type Catalog, checkPlan, type Plan, type PlanRequest, planDocument, verificationOf } from "@headroom/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planFor } from "./fakes/plan-for.ts";
import { catalogOf, type OfferRow } from "./fakes/price-list.ts";

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

const planOf = (request: PlanRequest, catalog: Catalog = catalogOf(both)): Promise<Plan> => planFor(request, catalog);

const costOf = (plan: Plan): number => Number(plan.cost?.usdPerHour);

/** Instances at work in the busiest hour of each stage. */
const byStage = ({ lines, stages = [] }: Plan, keep: (line: Plan["lines"][number]) => boolean = () => true): number[] =>
  stages.map(({ fromHour }) =>
    lines
      .filter((line) => keep(line) && (line.active?.fromHour ?? 0) <= fromHour && (line.active?.untilHour ?? fromHour + 1) > fromHour)
      .reduce((sum, { instances }) => sum + (typeof instances === "number" ? instances : Math.max(...instances.hourOfWeek)), 0),
  );

const reserved = (line: Plan["lines"][number]): boolean => line.capacityType === "reserved";

const isSorted = (counts: readonly number[]): boolean => counts.every((count, index) => count >= (counts[index - 1] ?? 0));

const expectChecked = (plan: Plan): void => {
  expect(planDocument.safeParse(JSON.parse(JSON.stringify(plan))).error).toBeUndefined();
  expect(verificationOf(checkPlan(plan))).toEqual({ holds: true, violations: [] });
  expect(Number(plan.proof.lowerBoundUsdPerHour)).toBeLessThanOrEqual(costOf(plan));
};

describe("growing demand", () => {
  it("is bought month by month: instances rise, commitments are added to and kept, and the plan is proved cheapest", async () => {
    const plan = await planOf({ services: [service({ growth: 0.1 })] });
    expectChecked(plan);
    expect(plan.stages).toHaveLength(12);
    expect(plan.proof.gap).toBe(0);
    expect(isSorted(byStage(plan))).toBe(true);
    expect(byStage(plan).at(-1)).toBeGreaterThan(2 * (byStage(plan)[0] ?? 0));
    expect(plan.lines.filter(reserved).every(({ active }) => (active?.untilHour ?? 8760) === 8760)).toBe(true);
    const asked = (stage: number) => plan.demandMet.find((met) => met.stage === stage)?.requiredRequestsPerSecond;
    expect(asked(0)).toBeCloseTo(9, 6);
    expect(asked(11)).toBeCloseTo(9 * 1.1 ** 11, 4);
  });

  it("costs less than the busiest month's machines from the first day, which purchase.stages none still buys", async () => {
    const request: PlanRequest = { services: [service({ growth: 0.1 })] };
    const whole = await planOf({ ...request, purchase: { stages: "none" } });
    expectChecked(whole);
    expect(whole.stages).toBeUndefined();
    expect(costOf(await planOf(request))).toBeLessThan(0.75 * costOf(whole));
  });

  it("of nothing gives the same bytes as none at all", async () => {
    const { request: _asked, inputHash: _hash, ...still } = await planOf({ services: [service({ growth: 0 })] });
    const { request: _request, inputHash: _other, ...none } = await planOf({ services: [service()] });
    expect(JSON.stringify(still)).toBe(JSON.stringify(none));
  });

  it("within one month is one stage", async () => {
    const plan = await planOf({ services: [service({ growth: 0.1 })], purchase: { horizonHours: 700 } });
    expect(plan.stages).toBeUndefined();
    expect(plan.lines.every(({ active }) => active === undefined)).toBe(true);
  });

  it("over three months has three stages, and over three years twelve", async () => {
    const quarter = await planOf({ services: [service({ growth: 0.1 })], purchase: { horizonHours: 3 * 730 } });
    expectChecked(quarter);
    expect(quarter.stages).toEqual([
      { fromHour: 0, untilHour: 730 },
      { fromHour: 730, untilHour: 1460 },
      { fromHour: 1460, untilHour: 2190 },
    ]);
    const years = await planOf({ services: [service({ growth: 0.02 })], purchase: { horizonHours: 3 * 8760 } });
    expectChecked(years);
    expect(years.stages).toHaveLength(12);
    expect(years.stages?.at(-1)?.untilHour).toBe(3 * 8760);
  });

  it("of one service leaves the machines of another as they are", async () => {
    const plan = await planOf({ services: [service({ name: "other", rate: 5 }), service({ growth: 0.1 })] });
    expectChecked(plan);
    const of = (name: string) => byStage(plan, (line) => line.for === name);
    expect(new Set(of("other")).size).toBe(1);
    expect(of("chat").at(-1)).toBeGreaterThan(of("chat")[0] ?? 0);
  });

  it("of several classes is served whatever the order in which they are listed", async () => {
    const both = service({ growth: 0.1 });
    const classes = [
      { name: "question", islTokens: 1000, oslTokens: 200, share: 0.6 },
      { name: "essay", islTokens: 300, oslTokens: 900, share: 0.4 },
    ];
    expectChecked(await planOf({ services: [{ ...both, demand: { ...both.demand, classes } }], purchase: { horizonHours: 2190 } }));
  });

  it("keeps the monthly budget in its last month, or is refused", async () => {
    const free = await planOf({ services: [service({ growth: 0.1 })] });
    const lastMonth = (byStage(free).at(-1) ?? 0) * 0.5 * 730;
    const withBudget = (usd: number): PlanRequest => ({
      services: [service({ growth: 0.1 })],
      limits: { budgetUsdPerMonth: usd.toFixed(2) },
    });
    const enough = await planOf(withBudget(lastMonth));
    expectChecked(enough);
    expect(enough.cost).toEqual(free.cost);
    expect((await planOf(withBudget(lastMonth - 1))).status).toBe("infeasible");
  });

  it("keeps quotas and stock in every stage", async () => {
    const rows: OfferRow[] = [{ usd: 0.5, capacityType: "reserved", stock: 14 }, { usd: 0.8 }, { usd: 0.9, region: "there" }];
    const plan = await planOf(
      { services: [service({ growth: 0.1 })], market: { quotas: [{ accelerator: "l4", region: "here", max: 18 }] } },
      catalogOf(rows),
    );
    expectChecked(plan);
    expect(Math.max(...byStage(plan, ({ region }) => region === "here"))).toBe(18);
    expect(Math.max(...byStage(plan, reserved))).toBe(14);
  });

  it("survives the loss of an instance in every stage", async () => {
    const plan = await planOf({ services: [service({ growth: 0.1 })], purchase: { survive: "one-instance", horizonHours: 2190 } });
    expectChecked(plan);
    const bare = await planOf({ services: [service({ growth: 0.1 })], purchase: { horizonHours: 2190 } });
    byStage(plan).forEach((count, stage) => {
      expect(count).toBe((byStage(bare)[stage] ?? 0) + 1);
    });
  });

  it("never costs less the faster it is, nor more than the busiest month's machines", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: -0.2, max: 0.2, noNaN: true }),
        fc.double({ min: 0, max: 0.1, noNaN: true }),
        fc.double({ min: 1, max: 12, noNaN: true }),
        async (growth, more, rate) => {
          const plan = await planOf({ services: [service({ growth, rate })] });
          expectChecked(plan);
          const faster = costOf(await planOf({ services: [service({ growth: growth + more, rate })] }));
          expect(faster * (1 + 1e-9)).toBeGreaterThanOrEqual(Number(plan.proof.lowerBoundUsdPerHour));
          const whole = await planOf({ services: [service({ growth, rate })], purchase: { stages: "none" } });
          expect(costOf(plan)).toBeLessThanOrEqual(costOf(whole) * (1 + 1e-9));
        },
      ),
      { numRuns: 8, seed: 5 },
    );
  }, 120_000);

  it("by the hour of the week keeps each stage's hours, bound and commitments", async () => {
    const rate = Array.from({ length: 168 }, (_, hour) => (hour % 24 < 8 ? 3 : 3 + (hour % 24) / 2));
    const rows: OfferRow[] = [...both, { usd: 0.3, capacityType: "spot" }];
    const request: PlanRequest = {
      services: [service({ rate, growth: 0.08 })],
      purchase: { horizonHours: 4 * 730, commitmentTerms: ["1y"] },
    };
    const plan = await planOf(request, catalogOf(rows));
    expectChecked(plan);
    expect(plan.demandMet).toHaveLength(4 * 168);
    expect(plan.proof.gap).toBeLessThan(0.02);
    expect(isSorted(byStage(plan, reserved))).toBe(true);
  });
});

describe("beside growing demand", () => {
  it.each([
    {
      name: "a batch job",
      jobs: {
        batchJobs: [
          {
            name: "summaries",
            model: { id: "meta-llama/Llama-3.1-8B" },
            islTokens: 1000,
            oslTokens: 200,
            requests: 8_000_000,
            deadlineHours: 2190,
          },
        ],
      },
    },
    {
      name: "a training run",
      jobs: {
        trainingJobs: [
          {
            name: "tune",
            model: { id: "meta-llama/Llama-3.1-8B" },
            method: "lora" as const,
            sequenceLength: 1024,
            microBatchSize: 1,
            globalBatchSize: 8,
            tokens: 2e7,
          },
        ],
      },
    },
  ])("$name keeps the plan in one stage, at the busiest month, and says so", async ({ jobs }) => {
    const services = [service({ growth: 0.1 })];
    const purchase = { horizonHours: 2190 };
    const plan = await planOf({ services, ...jobs, purchase });
    expectChecked(plan);
    expect(plan.stages).toBeUndefined();
    expect(plan.assumptions.growth).toContain("with jobs beside the services");
    const alone = await planOf({ services, purchase: { ...purchase, stages: "none" } });
    const serving = plan.lines.filter((line) => line.for === "chat").map(({ offerId, instances }) => ({ offerId, instances }));
    expect(serving).toEqual(alone.lines.map(({ offerId, instances }) => ({ offerId, instances })));
  });

  it("priced egress keeps the plan in one stage and says so", async () => {
    const plan = await planOf({ services: [service({ growth: 0.1 })], market: { surcharges: { egressUsdPerGib: "0.09" } } });
    expectChecked(plan);
    expect(plan.stages).toBeUndefined();
    expect(plan.assumptions.growth).toContain("egress");
  });
});

describe("shrinking demand", () => {
  const shrinking: PlanRequest = { services: [service({ growth: -0.08 })] };

  it("commits to what is worth keeping to the end and buys the rest by the hour", async () => {
    const plan = await planOf(shrinking);
    expectChecked(plan);
    expect(plan.status).toBe("optimal");
    expect(new Set(byStage(plan, reserved)).size).toBe(1);
    expect(isSorted(byStage(plan).toReversed())).toBe(true);
    const [first = 0] = byStage(plan, reserved);
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThan(byStage(plan)[0] ?? 0);
  });

  it("buys the n-th commitment exactly where the share of stages that need it exceeds the price ratio", async () => {
    const plan = await planOf(shrinking);
    const needed = byStage(await planOf({ ...shrinking, purchase: { capacityTypes: ["on-demand"] } }));
    const share = (n: number) => needed.filter((count) => count >= n).length / needed.length;
    const [committed = 0] = byStage(plan, reserved);
    expect(share(committed)).toBeGreaterThanOrEqual(0.5 / 0.8);
    expect(share(committed + 1)).toBeLessThanOrEqual(0.5 / 0.8);
  });

  it("by the hour of the week is bounded honestly", async () => {
    const rate = Array.from({ length: 168 }, (_, hour) => 6 + (hour % 3));
    const plan = await planOf({ services: [service({ rate, growth: -0.15 })], purchase: { horizonHours: 2190, commitmentTerms: ["1y"] } });
    expectChecked(plan);
    expect(isSorted(byStage(plan, reserved))).toBe(true);
  });
});

describe("a plan in force", () => {
  it("is in its first stage: only what that adds is started, and it is understood as it stands", async () => {
    const growing: PlanRequest = { services: [service({ growth: 0.1 })] };
    const current = await planOf(growing);
    const again = await planOf({ ...growing, current: { ...current }, switchingUsdPerInstance: 1000 });
    expectChecked(again);
    expect(again.cost?.usdSwitching).toBe("0.00");
    expect(again.explanation.baselines.current).toBe(current.cost?.usdPerHour);
    const still = await planOf({ services: [service()], current: { ...current }, switchingUsdPerInstance: 1000 });
    expect(still.cost?.usdSwitching).toBe("0.00");
    expect(still.explanation.baselines.current).toBe(still.cost?.usdPerHour);
  });
});

describe("the check of stages", () => {
  const planned = planOf({ services: [service({ growth: 0.1 })], purchase: { horizonHours: 2190, commitmentTerms: ["1y"] } });
  const spoilt: readonly { readonly name: string; readonly spoil: (plan: Plan) => Partial<Plan> }[] = [
    {
      name: "a window that is shifted",
      spoil: ({ stages = [] }) => ({ stages: stages.map((at) => ({ ...at, fromHour: at.fromHour + 1 })) }),
    },
    { name: "no stages", spoil: () => ({ stages: undefined }) },
    {
      name: "a commitment that is dropped in a later stage",
      spoil: ({ lines }) => ({
        lines: lines.map((line, index) => (index === 0 ? { ...line, active: { fromHour: 0, untilHour: 1460 } } : line)),
      }),
    },
    { name: "an addition that is left out", spoil: ({ lines }) => ({ lines: lines.slice(0, -1) }) },
    {
      name: "demandMet of a stage that is missing",
      spoil: ({ demandMet }) => ({ demandMet: demandMet.filter(({ stage }) => stage !== 1) }),
    },
    { name: "routing of a stage that is missing", spoil: ({ routing }) => ({ routing: routing.filter(({ stage }) => stage !== 2) }) },
    {
      name: "a row of a stage that is not there",
      spoil: ({ demandMet }) => ({ demandMet: demandMet.map((row) => (row.stage === 2 ? { ...row, stage: 3 } : row)) }),
    },
    {
      name: "a line that is there for a part of a stage",
      spoil: ({ lines }) => ({
        lines: lines.map((line) => (line.active ? { ...line, active: { ...line.active, fromHour: line.active.fromHour + 10 } } : line)),
      }),
    },
    {
      name: "load on a line before it is there",
      spoil: ({ routing }) => ({ routing: routing.map((row) => (row.stage === 0 ? { ...row, shares: { "0": 0.5, "1": 0.5 } } : row)) }),
    },
  ];

  it.each(spoilt)("refuses $name", async ({ spoil }) => {
    const plan = await planned;
    expect(plan.lines.length).toBeGreaterThan(1);
    expect(verificationOf(checkPlan({ ...plan, ...spoil(plan) })).holds).toBe(false);
  });

  it("refuses stages and windows of services where demand does not grow", async () => {
    const plan = await planOf({ services: [service()] });
    const stages = [
      { fromHour: 0, untilHour: 4380 },
      { fromHour: 4380, untilHour: 8760 },
    ];
    expect(verificationOf(checkPlan({ ...plan, stages })).holds).toBe(false);
    const part = plan.lines.map((line) => ({ ...line, active: { fromHour: 730, untilHour: 8760 } }));
    expect(verificationOf(checkPlan({ ...plan, lines: part })).violations.map(({ rule }) => rule)).toContain("active");
  });
});
