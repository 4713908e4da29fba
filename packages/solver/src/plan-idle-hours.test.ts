import { checkPlan, countAt, type Plan, type PlanLine, type PlanRequest, planDocument, verificationOf } from "@headroom/core";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { acceptedChanges } from "./fakes/mutated-plan.ts";
import { planFor } from "./fakes/plan-for.ts";
import { catalogOf, type OfferRow } from "./fakes/price-list.ts";

const market: readonly OfferRow[] = [
  { type: "l4x1", usd: 0.8 },
  { type: "l4x1", usd: 0.3, capacityType: "spot" },
  { type: "l4x1", usd: 0.5, capacityType: "reserved" },
];

type Batch = NonNullable<PlanRequest["batchJobs"]>[number];

const model = { id: "meta-llama/Llama-3.1-8B" };

const summaries = (changes: Partial<Batch> = {}): Batch => ({
  name: "summaries",
  model,
  requests: 3_000_000,
  islTokens: 1000,
  oslTokens: 200,
  deadlineHours: 336,
  ...changes,
});

/** Busy by day, and from midnight on as at night. */
const chat = ({ night = 2, day = 9, busyFrom = 8 } = {}): PlanRequest["services"][number] => ({
  name: "chat",
  model,
  demand: {
    classes: [{ name: "question", islTokens: 1000, oslTokens: 200, share: 1 }],
    requestRatePerSecond: { hourOfWeek: Array.from({ length: 168 }, (_, hour) => (hour % 24 < busyFrom ? night : day)) },
  },
  slo: { ttftMs: 4000, tpotMs: 100 },
});

const planOf = async (request: Partial<PlanRequest>, rows = market): Promise<Plan> =>
  JSON.parse(JSON.stringify(await planFor(request, catalogOf(rows))));

const violationsOf = (plan: Plan) => verificationOf(checkPlan(plan)).violations;
const costOf = ({ cost }: Plan): number => Number(cost?.usdHorizon);
const idleLines = ({ lines }: Plan): PlanLine[] => lines.filter(({ idle }) => idle !== undefined);
const steadily = { capacityTypes: ["on-demand", "reserved"] as ("on-demand" | "reserved")[] };

describe("a batch job beside a service's commitment", () => {
  it("runs on the hours in which that stands idle, and costs nothing more", async () => {
    const plan = await planOf({ services: [chat()], batchJobs: [summaries()], purchase: steadily });
    expect(planDocument.safeParse(plan).error).toBeUndefined();
    expect(violationsOf(plan)).toEqual([]);
    const alone = await planOf({ services: [chat()], purchase: steadily });
    expect(plan.cost?.usdHorizon).toBe(alone.cost?.usdHorizon);
    expect(plan.status).toBe("optimal");
    const [line] = idleLines(plan);
    expect(line).toMatchObject({
      for: "summaries",
      instances: 0,
      usdPerHour: "0.00",
      batch: { requests: 3_000_000, usdForTheRun: "0.00" },
    });
    expect(line?.batch?.hours).toBeLessThanOrEqual(336);
  });

  it("never has what the service needs in the hour", async () => {
    const plan = await planOf({ services: [chat()], batchJobs: [summaries({ requests: 30_000_000 })], purchase: steadily });
    const [line] = idleLines(plan);
    const host = plan.lines[line?.idle?.line ?? -1];
    for (let hour = 0; hour < 168; hour++) {
      const [serving, lent] = [countAt(host?.replicas ?? 0, hour), countAt(line?.idle?.instances ?? 0, hour)];
      expect(serving + lent).toBe(host?.instances);
      expect(lent > 0).toBe(hour % 24 < 8);
    }
  });

  it("buys what the idle hours leave", async () => {
    const plan = await planOf({ services: [chat()], batchJobs: [summaries({ requests: 30_000_000 })], purchase: steadily });
    const apart = await planOf({
      services: [chat()],
      batchJobs: [summaries({ requests: 30_000_000, mayUseIdleHours: false })],
      purchase: steadily,
    });
    expect(plan.lines.filter(({ batch, idle }) => batch && !idle)).not.toEqual([]);
    expect(plan.lines.reduce((sum, { batch }) => sum + (batch?.requests ?? 0), 0)).toBeCloseTo(30_000_000, 2);
    expect(costOf(plan)).toBeLessThan(costOf(apart));
    expect(idleLines(apart)).toEqual([]);
  });

  it("is worth more commitments than the service alone would make, as many as its work fills", async () => {
    const services = [chat({ busyFrom: 14 })];
    const asked = (mayUseIdleHours: boolean, requests: number) =>
      planOf({ services, batchJobs: [summaries({ requests, deadlineHours: 4000, mayUseIdleHours })], purchase: steadily });
    const reserved = ({ lines }: Plan) =>
      lines.reduce(
        (sum, { for: use, capacityType, instances }) => (use === "chat" && capacityType === "reserved" ? sum + Number(instances) : sum),
        0,
      );
    const [apart, some, many] = [await asked(false, 30_000_000), await asked(true, 30_000_000), await asked(true, 100_000_000)];
    expect(reserved(some)).toBeGreaterThan(reserved(apart));
    expect(reserved(many)).toBeGreaterThan(reserved(some));
    expect(costOf(some)).toBeLessThan(costOf(apart));
    expect(some.proof.gap).toBeLessThan(0.02);
  });

  it("on a deadline that no whole night is sure to lie before buys machines", async () => {
    const plan = await planOf({ services: [chat()], batchJobs: [summaries({ requests: 10_000, deadlineHours: 16 })], purchase: steadily });
    expect(idleLines(plan)).toEqual([]);
    expect(violationsOf(plan)).toEqual([]);
  });

  it("that may not be interrupted has only machines that are idle in every hour", async () => {
    const never = { services: [chat()], batchJobs: [summaries({ mayInterrupt: false })], purchase: steadily };
    expect(idleLines(await planOf(never))).toEqual([]);
    const spare = { ...never, purchase: { ...steadily, survive: "one-instance" as const } };
    for (const line of idleLines(await planOf(spare))) expect(line.replicas).toEqual(expect.any(Number));
  });

  it("leaves what must survive a loss", async () => {
    const purchase = { ...steadily, survive: "one-instance" as const };
    const plan = await planOf({ services: [chat()], batchJobs: [summaries()], purchase });
    expect(violationsOf(plan)).toEqual([]);
    const [surviving] = idleLines(plan);
    const [plain] = idleLines(await planOf({ services: [chat()], batchJobs: [summaries({ requests: 30_000_000 })], purchase: steadily }));
    expect(surviving).toBeDefined();
    expect(Math.max(...hoursOf(surviving))).toBeLessThanOrEqual(Math.max(...hoursOf(plain)));
  });

  it("shares the idle hours with other jobs", async () => {
    const jobs = [1, 2, 3].map((nth) => summaries({ name: `job-${nth}`, requests: nth * 1_000_000 }));
    const plan = await planOf({ services: [chat()], batchJobs: jobs, purchase: steadily });
    expect(new Set(idleLines(plan).map((line) => line.for)).size).toBeGreaterThan(1);
    expect(violationsOf(plan)).toEqual([]);
  });

  it("pays for a disk of its own where disks are priced, so it buys its machines", async () => {
    const plan = await planOf({
      services: [chat()],
      batchJobs: [summaries()],
      purchase: steadily,
      market: { surcharges: { storageUsdPerGibMonth: 0.1 } },
    });
    expect(idleLines(plan)).toEqual([]);
    expect(plan.assumptions.idleHours).toContain("not used");
  });

  it("is told of in words: on whose machines, for how many hours a week", async () => {
    const { explanation, lines } = await planOf({ services: [chat()], batchJobs: [summaries()], purchase: steadily });
    const hours = lines.find(({ idle }) => idle)?.idle?.instanceHoursPerWeek;
    expect(explanation.text.join(" ")).toMatch(
      new RegExp(
        `summaries: on up to \\d+ of the \\d+ instances of l4x1 that chat has reserved for one year, ${hours} instance-hours a week`,
      ),
    );
  });

  it("is counted alike in what the plan is compared with", async () => {
    const { cost, explanation } = await planOf({ services: [chat()], batchJobs: [summaries()], purchase: steadily });
    expect(explanation.baselines.allReserved).toBe(cost?.usdPerHour);
  });
});

const hoursOf = (line: PlanLine | undefined): readonly number[] =>
  Array.from({ length: 168 }, (_, hour) => countAt(line?.idle?.instances ?? 0, hour));

describe("properties of idle hours", () => {
  it("leave to use them never costs more, and what is proved holds for both", async () => {
    const job = fc.record({ requests: fc.integer({ min: 10_000, max: 60_000_000 }), deadlineHours: fc.integer({ min: 5, max: 2000 }) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(job, { minLength: 1, maxLength: 2 }),
        fc.record({ night: fc.integer({ min: 0, max: 8 }), day: fc.integer({ min: 4, max: 14 }) }),
        fc.record({ spotMaxShare: fc.constantFrom(0, 0.5, 1), survive: fc.constantFrom("nothing" as const, "one-instance" as const) }),
        async (jobs, rates, purchase) => {
          const asked = (mayUseIdleHours: boolean, capacityTypes?: typeof steadily.capacityTypes) =>
            planOf({
              services: [chat(rates)],
              batchJobs: jobs.map((one, index) => summaries({ ...one, name: `job-${index}`, mayUseIdleHours })),
              purchase: { ...purchase, ...(capacityTypes ? { capacityTypes } : {}) },
            });
          const [plan, apart] = [await asked(true), await asked(false)];
          expect(violationsOf(plan)).toEqual([]);
          expect(costOf(plan)).toBeLessThanOrEqual(costOf(apart));
          for (const other of [apart, await asked(false, ["on-demand", "reserved"])])
            expect(Number(plan.proof.lowerBoundUsdPerHour)).toBeLessThanOrEqual(Number(other.cost?.usdPerHour));
        },
      ),
      { numRuns: 12, seed: 35 },
    );
  }, 120_000);
});

describe("the check of idle hours", () => {
  let plan: Plan;

  beforeAll(async () => {
    plan = await planOf({ services: [chat()], batchJobs: [summaries({ requests: 30_000_000 })], purchase: steadily });
  });

  it("refuses every field that is changed", () => {
    const { tried, accepted } = acceptedChanges(plan, 24);
    expect(tried).toBeGreaterThan(100);
    expect(accepted).toEqual([]);
  }, 120_000);

  it.each<{ readonly name: string; readonly change: (line: PlanLine) => PlanLine }>([
    { name: "an hour that the service needs", change: (line) => withHour(line, 12, 1) },
    { name: "a machine that the service needs", change: (line) => withHour(line, 4, 9) },
    { name: "an hour by itself", change: (line) => withoutHour(withoutHour(line, 1), 3) },
    { name: "other instances than the replicas take", change: (line) => ({ ...line, idle: line.idle && { ...line.idle, instances: 1 } }) },
    { name: "the idle hours of a job's machines", change: (line) => ({ ...line, idle: line.idle && { ...line.idle, line: 2 } }) },
    { name: "a job that waits for its deadline", change: (line) => ({ ...line, active: { fromHour: 0, untilHour: 337 } }) },
  ])("refuses $name", ({ change }) => {
    const changed = { ...plan, lines: plan.lines.map((line) => (line.idle ? change(line) : line)) };
    expect(violationsOf(changed)).not.toEqual([]);
  });

  it("refuses idle hours that the job may not use, or is not let alone in", () => {
    const asked = (changes: Partial<Batch>): Plan => ({
      ...plan,
      request: { ...plan.request, batchJobs: [{ ...summaries({ requests: 30_000_000 }), ...changes }] },
    });
    const rulesOf = (changed: Plan) => violationsOf(changed).map(({ rule, detail }) => `${rule}: ${detail}`);
    expect(rulesOf(asked({ mayUseIdleHours: false })).join()).toContain("idle hours, which its job may not use");
    expect(rulesOf(asked({ mayInterrupt: false })).join()).toContain("is interrupted, which its job may not be");
  });
});

const counted = (line: PlanLine, countIn: (hour: number) => number): PlanLine => {
  const hourOfWeek = Array.from({ length: 168 }, (_, hour) => countIn(hour));
  const instanceHoursPerWeek = hourOfWeek.reduce((sum, count) => sum + count, 0);
  return { ...line, replicas: { hourOfWeek }, idle: line.idle && { ...line.idle, instances: { hourOfWeek }, instanceHoursPerWeek } };
};

const withHour = (line: PlanLine, at: number, count: number): PlanLine =>
  counted(line, (hour) => (hour === at ? count : countAt(line.replicas, hour)));

const withoutHour = (line: PlanLine, at: number): PlanLine => withHour(line, at, 0);
