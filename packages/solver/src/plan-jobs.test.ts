import {
  checkPlan,
  type Plan,
  type PlanLine,
  type PlanRequest,
  parseRequest,
  planDocument,
  planRequest,
  verificationOf,
} from "@headroom/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { catalogOf, type OfferRow } from "./fakes/price-list.ts";
import { strictTools } from "./fakes/strict-tools.ts";
import { planFleet } from "./plan-fleet.ts";

const market: readonly OfferRow[] = [
  { type: "l4x1", usd: 0.8 },
  { type: "l4x1", usd: 0.3, capacityType: "spot" },
  { type: "l4x1", usd: 0.5, capacityType: "reserved" },
  { type: "h200x8", usd: 168 },
];

type Batch = NonNullable<PlanRequest["batchJobs"]>[number];
type Training = NonNullable<PlanRequest["trainingJobs"]>[number];

const model = { id: "meta-llama/Llama-3.1-8B" };

const summaries = (changes: Partial<Batch> = {}): Batch => ({
  name: "summaries",
  model,
  requests: 3_000_000,
  islTokens: 1000,
  oslTokens: 200,
  deadlineHours: 72,
  ...changes,
});

const chat = (requestRatePerSecond = 9): PlanRequest["services"][number] => ({
  name: "chat",
  model,
  demand: { classes: [{ name: "question", islTokens: 1000, oslTokens: 200, share: 1 }], requestRatePerSecond },
  slo: { ttftMs: 4000, tpotMs: 100 },
});

const tune: Training = { name: "tune", model, sequenceLength: 4096, microBatchSize: 1, globalBatchSize: 64, tokens: 2e9 };

const answer = async (request: Partial<PlanRequest>, rows: readonly OfferRow[] = market) => {
  const parsed = parseRequest(planRequest, request);
  if (!parsed.ok) return parsed;
  return planFleet({ request: parsed.value, catalog: catalogOf(rows), version: "test", newId: () => "plan_test" }, strictTools);
};

const planOf = async (request: Partial<PlanRequest>, rows?: readonly OfferRow[]): Promise<Plan> => {
  const outcome = await answer(request, rows);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
  return JSON.parse(JSON.stringify(outcome.value));
};

const violationsOf = (plan: Plan) => verificationOf(checkPlan(plan)).violations;

const runCost = (lines: readonly PlanLine[]): number =>
  lines.reduce((sum, { batch, training }) => sum + Number((batch ?? training)?.usdForTheRun ?? 0), 0);

const accelerators = (lines: readonly PlanLine[]): number =>
  lines.reduce((sum, line) => sum + Number(line.instances) * line.acceleratorsPerInstance, 0);

describe("a batch job", () => {
  it("needs no service beside it", async () => {
    const plan = await planOf({ batchJobs: [summaries()] });
    expect(planDocument.safeParse(plan).error).toBeUndefined();
    expect(plan).toMatchObject({ demandMet: [], routing: [], proof: { verified: true } });
    expect(violationsOf(plan)).toEqual([]);
    expect(plan.lines.reduce((sum, { batch }) => sum + (batch?.requests ?? 0), 0)).toBeCloseTo(3_000_000, 3);
  });

  it("is paid until it is done, and no hour of the year after", async () => {
    const plan = await planOf({ batchJobs: [summaries({ mayInterrupt: false })] });
    expect(plan.status).toBe("optimal");
    const [line] = plan.lines;
    expect(plan.lines).toMatchObject([{ capacityType: "on-demand", active: { fromHour: 0, untilHour: line?.batch?.hours } }]);
    expect(line?.batch?.hours).toBeLessThanOrEqual(72);
    expect(Number(plan.cost?.usdHorizon)).toBeCloseTo(runCost(plan.lines), 2);
    expect(Number(plan.cost?.usdHorizon)).toBeCloseTo(
      Number(line?.instances) * (line?.batch?.hours ?? 0) * Number(line?.usdPerInstanceHour),
      2,
    );
  });

  it("runs on spot as far as the share of all accelerators lets it, and says how close to the least that is", async () => {
    const plan = await planOf({ batchJobs: [summaries()] });
    const spot = plan.lines.filter(({ capacityType }) => capacityType === "spot");
    expect(accelerators(spot)).toBe(accelerators(plan.lines) / 2);
    expect(plan.status).toBe("optimal");
    const freely = await planOf({ batchJobs: [summaries()], purchase: { spotMaxShare: 1 } });
    expect(freely.lines.map(({ capacityType }) => capacityType)).toEqual(["spot"]);
    expect(freely.status).toBe("optimal");
    expect(runCost(freely.lines)).toBeLessThan(runCost(plan.lines));
  });

  it("counts what a spot machine can be relied on for", async () => {
    const purchase = { spotMaxShare: 1 };
    const [spot] = (await planOf({ batchJobs: [summaries()], purchase })).lines;
    const [steady] = (await planOf({ batchJobs: [summaries({ mayInterrupt: false })], purchase })).lines;
    const hours = (line: PlanLine | undefined) => Number(line?.instances) * (line?.batch?.hours ?? 0);
    expect(hours(spot) / hours(steady)).toBeCloseTo(1 / (1 - 0.23 * 0.25), 3);
  });

  it("runs on spot alone beside services that make room for it", async () => {
    const purchase = { capacityTypes: ["on-demand", "spot"] as ("on-demand" | "spot")[], survive: "one-instance" as const };
    const plan = await planOf({ services: [chat(40)], batchJobs: [summaries({ requests: 300_000 })], purchase });
    expect(plan.lines.filter(({ batch }) => batch).map(({ capacityType }) => capacityType)).toEqual(["spot"]);
    expect(violationsOf(plan)).toEqual([]);
  });

  it("is bought a commitment only where its price over the whole horizon is less than the hours", async () => {
    const whole = { horizonHours: 8760, capacityTypes: ["on-demand", "reserved"] as ("on-demand" | "reserved")[] };
    const long = await planOf({ batchJobs: [summaries({ requests: 300_000_000, deadlineHours: 8760 })], purchase: whole });
    expect(long.lines.some(({ capacityType, active }) => capacityType === "reserved" && active === undefined)).toBe(true);
    expect(violationsOf(long)).toEqual([]);
    const short = await planOf({ batchJobs: [summaries()], purchase: whole });
    expect(short.lines.map(({ capacityType }) => capacityType)).toEqual(["on-demand"]);
  });

  it("whose deadline is after the horizon does a steady rate's part of its work within it, and the plan says so", async () => {
    const plan = await planOf({ batchJobs: [summaries({ deadlineHours: 720 })], purchase: { horizonHours: 360 } });
    expect(plan.lines.reduce((sum, { batch }) => sum + (batch?.requests ?? 0), 0)).toBeCloseTo(1_500_000, 3);
    expect(plan.assumptions.batchJobsBeyondHorizon).toContain("steady rate");
  });

  it("takes dearer machines where the cheap ones run out", async () => {
    const rows: OfferRow[] = [
      { type: "l4x1", usd: 0.8, stock: 2 },
      { type: "l4x1", usd: 1.2, region: "there" },
    ];
    const plan = await planOf({ batchJobs: [summaries()] }, rows);
    expect(plan.lines.map(({ region, instances }) => [region, instances])).toEqual([
      ["here", 2],
      ["there", expect.any(Number)],
    ]);
    expect(plan.lines[0]?.batch?.hours).toBe(72);
    expect(violationsOf(plan)).toEqual([]);
  });

  it("shares quotas with the services, which give way to it where they can", async () => {
    const quotas = [{ accelerator: "l4", max: 40 }];
    const plan = await planOf({
      services: [chat(40)],
      batchJobs: [summaries()],
      purchase: { capacityTypes: ["on-demand"] },
      market: { quotas },
    });
    const l4 = plan.lines.filter(({ accelerator }) => accelerator === "l4");
    expect(accelerators(l4)).toBeLessThanOrEqual(40);
    expect(violationsOf(plan)).toEqual([]);
  });

  it("is refused by name where quotas leave too little for it", async () => {
    const request = {
      batchJobs: [summaries()],
      purchase: { capacityTypes: ["on-demand" as const] },
      market: { quotas: [{ accelerator: "l4", max: 1 }] },
    };
    expect(await answer(request, [{ type: "l4x1", usd: 0.8 }])).toMatchObject({ ok: false, errors: [{ pointer: "/batchJobs" }] });
  });

  it("keeps to the budget of every month, the services' cost beside it", async () => {
    const free = await planOf({ services: [chat()], batchJobs: [summaries()] });
    const services = free.lines.filter(({ batch }) => !batch).reduce((sum, { usdPerHour }) => sum + Number(usdPerHour) * 730, 0);
    const needed = services + runCost(free.lines);
    const paid = { limits: { budgetUsdPerMonth: Math.ceil(needed + 1) } };
    expect((await planOf({ services: [chat()], batchJobs: [summaries()], ...paid })).cost).toEqual(free.cost);
    const unpaid = await answer({ services: [chat()], batchJobs: [summaries()], limits: { budgetUsdPerMonth: Math.floor(services) } });
    expect(unpaid).toMatchObject({ ok: false, errors: [{ pointer: "/batchJobs" }] });
  });

  it("that no machine holds makes the plan infeasible, with reasons", async () => {
    const plan = await planOf({ batchJobs: [summaries({ model: { id: "deepseek-ai/DeepSeek-V3" } })] }, [{ type: "l4x1", usd: 0.8 }]);
    expect(plan).toMatchObject({ status: "infeasible", lines: [] });
    expect(plan.explanation.rejections).toContainEqual(expect.objectContaining({ service: "summaries", code: "memory" }));
  });

  it("counts in what the plan is compared with", async () => {
    const { cost, explanation, lines } = await planOf({ services: [chat()], batchJobs: [summaries()], trainingJobs: [tune] });
    const { onDemandOnly } = explanation.baselines;
    expect(Number(onDemandOnly)).toBeGreaterThan(Number(cost?.usdPerHour));
    expect(lines.some(({ training }) => training)).toBe(true);
    const { explanation: alone } = await planOf({ services: [chat()] });
    expect(Number(onDemandOnly)).toBeGreaterThan(Number(alone.baselines.onDemandOnly));
    expect(explanation.runnersUp.every(({ differenceUsdPerHour }) => Number(differenceUsdPerHour) >= 0)).toBe(true);
  });

  it("pays for its disks and its answers' way out where these are priced", async () => {
    const surcharges = { storageUsdPerGibMonth: 0.1, egressUsdPerGib: 0.09 };
    const bare = await planOf({ batchJobs: [summaries()] });
    const plan = await planOf({ batchJobs: [summaries()], market: { surcharges } });
    expect(violationsOf(plan)).toEqual([]);
    const gib = (3_000_000 * 200 * 5) / 2 ** 30;
    const sent = plan.lines.reduce((sum, { egress, batch }) => sum + (egress?.gibPerHour ?? 0) * (batch?.hours ?? 0), 0);
    expect(sent).toBeCloseTo(gib, 2);
    expect(runCost(plan.lines)).toBeGreaterThan(runCost(bare.lines) + gib * 0.09);
    expect(plan.status).toBe("optimal");
  });

  it("is told of in words: where it runs, when it ends, what it costs", async () => {
    const { explanation, lines } = await planOf({ batchJobs: [summaries({ mayInterrupt: false })] });
    const [line] = lines;
    expect(explanation.text.join(" ")).toMatch(/summaries: rent \d+ instances? of l4x1 at cloud in here/);
    expect(explanation.text.join(" ")).toContain(`done after ${line?.batch?.hours.toFixed(1)} hours, for ${line?.batch?.usdForTheRun} USD`);
  });
});

describe("properties of batch jobs", () => {
  const requests = fc.integer({ min: 10_000, max: 20_000_000 });
  const share = fc.constantFrom(0, 0.3, 0.5, 1);
  /** Hours are paid to the started thousandth. */
  const rounding = 1.0005;

  it("a later deadline never costs more, and one that may be interrupted never more than one that may not", async () => {
    await fc.assert(
      fc.asyncProperty(
        requests,
        share,
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 0, max: 400 }),
        async (count, spotMaxShare, hours, later) => {
          const costOf = async (deadlineHours: number, mayInterrupt: boolean) =>
            runCost(
              (await planOf({ batchJobs: [summaries({ requests: count, deadlineHours, mayInterrupt })], purchase: { spotMaxShare } }))
                .lines,
            );
          const soon = await costOf(hours, true);
          expect(await costOf(hours + later, true)).toBeLessThanOrEqual(soon * rounding + 0.01);
          expect(soon).toBeLessThanOrEqual((await costOf(hours, false)) * rounding + 0.01);
        },
      ),
      { numRuns: 8 },
    );
  });
});

describe("the check of a batch job's lines", () => {
  it.each([
    { name: "fewer machines", change: (line: PlanLine) => ({ ...line, instances: 1, replicas: 1 }), rule: "batch jobs" },
    {
      name: "less work",
      change: (line: PlanLine) => ({ ...line, batch: line.batch && { ...line.batch, requests: 1 } }),
      rule: "batch jobs",
    },
    { name: "another end", change: (line: PlanLine) => ({ ...line, active: { fromHour: 0, untilHour: 5 } }), rule: "batch jobs" },
    {
      name: "another cost",
      change: (line: PlanLine) => ({ ...line, batch: line.batch && { ...line.batch, usdForTheRun: "1.00" } }),
      rule: "batch jobs",
    },
    { name: "all of it on spot", change: (line: PlanLine) => ({ ...line, capacityType: "spot" as const }), rule: "spot share" },
    { name: "no word of its latency", change: ({ predicted: _predicted, ...line }: PlanLine) => line, rule: "predicted" },
    { name: "no word of its job", change: ({ batch: _batch, ...line }: PlanLine) => line, rule: "offers" },
  ])("refuses $name", async ({ change, rule }) => {
    const plan = await planOf({ batchJobs: [summaries()] });
    const rules = violationsOf({ ...plan, lines: plan.lines.map(change) as Plan["lines"] }).map((violation) => violation.rule);
    expect(rules).toContain(rule);
  });

  it("refuses services that lean on a job's machines for their spot share", async () => {
    const plan = await planOf({
      services: [chat()],
      batchJobs: [summaries({ mayInterrupt: false })],
      purchase: { capacityTypes: ["on-demand"] },
    });
    const leaning = plan.lines.map((line) => (line.batch ? line : { ...line, capacityType: "spot" as const }));
    expect(violationsOf({ ...plan, lines: leaning }).filter(({ rule }) => rule === "spot share")).not.toEqual([]);
  });
});

describe("a training job", () => {
  const rows: readonly OfferRow[] = [...market, { type: "h200x8", usd: 60, capacityType: "spot" }];
  const trainingOf = ({ lines }: Plan) => lines.find(({ training }) => training !== undefined);
  const freely = { spotMaxShare: 1 };

  it("runs on spot where that costs less for all that interruptions take, and takes longer there", async () => {
    const steady = trainingOf(await planOf({ trainingJobs: [{ ...tune, mayInterrupt: false }], purchase: freely }, rows));
    const plan = await planOf({ trainingJobs: [tune], purchase: freely }, rows);
    const spot = trainingOf(plan);
    expect(steady?.capacityType).toBe("on-demand");
    expect(spot?.capacityType).toBe("spot");
    expect(spot?.training?.days).toBeGreaterThan(1.05 * (steady?.training?.days ?? 0));
    expect(Number(spot?.training?.usdForTheRun)).toBeLessThan(Number(steady?.training?.usdForTheRun));
    expect(plan.status).toBe("optimal");
    expect(violationsOf(plan)).toEqual([]);
  });

  it("stays on demand where it would be all on spot and may not be", async () => {
    const plan = await planOf({ trainingJobs: [tune] }, rows);
    expect(trainingOf(plan)?.capacityType).toBe("on-demand");
    expect(plan.status).toBe("optimal");
  });

  it("stays on demand where spot is dearer than it is interrupted, or ends too late", async () => {
    const dear = [...market, { type: "h200x8", usd: 160, capacityType: "spot" } as const];
    expect(trainingOf(await planOf({ trainingJobs: [tune], purchase: freely }, dear))?.capacityType).toBe("on-demand");
    const days =
      trainingOf(await planOf({ trainingJobs: [{ ...tune, mayInterrupt: false }], purchase: freely }, rows))?.training?.days ?? 0;
    const soon = await planOf({ trainingJobs: [{ ...tune, deadlineDays: days * 1.01 }], purchase: freely }, rows);
    expect(trainingOf(soon)?.training?.days).toBeLessThanOrEqual(days * 1.01);
  });

  it("runs on servers that are installed already where they cost less", async () => {
    const owned = [{ accelerator: "h200", acceleratorsPerServer: 8, servers: 1, installedAt: "2025-01-01" }];
    const purchase = { horizonHours: 100, capacityTypes: ["on-demand", "owned"] as ("on-demand" | "owned")[] };
    const plan = await planOf({ trainingJobs: [tune], market: { owned }, purchase }, rows);
    expect(trainingOf(plan)).toMatchObject({ capacityType: "owned", instances: 1 });
    expect(trainingOf(plan)?.active).toBeUndefined();
    expect(violationsOf(plan)).toEqual([]);
  });

  it("that may not be interrupted is refused on spot by the check", async () => {
    const plan = await planOf({ trainingJobs: [tune], purchase: freely }, rows);
    const request = { ...plan.request, trainingJobs: [{ ...tune, mayInterrupt: false }] };
    expect(violationsOf({ ...plan, request }).map(({ rule }) => rule)).toContain("training");
  });
});
