import { usd } from "@headroom/core";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FreshDatabase, freshDatabase, sampleLine, samplePlan } from "../../test-database/index.ts";
import { createPlan } from "../plans/create.ts";
import { getPlan } from "../plans/get.ts";
import { removePlan } from "../plans/remove.ts";
import { getSchedule } from "../schedules/get.ts";
import { putSchedule } from "../schedules/put.ts";
import { removeSchedule } from "../schedules/remove.ts";
import { runs } from "../schema/index.ts";
import { claimRun } from "./claim.ts";
import { claimDueTicks } from "./claim-due-ticks.ts";
import { completeRun, type RunOutcome } from "./complete.ts";
import { createRun } from "./create.ts";
import { failRun } from "./fail.ts";
import { getRun } from "./get.ts";
import { releaseRun, renewRun, takeDueRuns } from "./leases.ts";
import { listRuns } from "./list.ts";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const at = (time: string): Date => new Date(`2026-07-30T${time}Z`);
const leaseMs = 15_000;

const scheduledPlan = async (cron = "0 * * * *"): Promise<string> => {
  const plan = samplePlan();
  await createPlan(database.db, plan);
  await putSchedule(database.db, {
    planId: plan.id,
    cron,
    timeZone: "UTC",
    switchThresholdShare: 0.05,
    enabled: true,
    now: at("05:30:00"),
  });
  return plan.id;
};

const runsOf = async (planId: string) => (await listRuns(database.db, planId, { limit: 200 })).items;

const queuedRun = async (): Promise<string> => {
  const plan = samplePlan();
  await createPlan(database.db, plan);
  return (await createRun(database.db, plan.id, at("06:00:00")))?.id ?? "";
};

const claim = async (runId: string, now: Date) => {
  const claimed = await claimRun(database.db, runId, { now, leaseMs });
  if (!claimed) throw new Error("the run could not be claimed");
  return claimed;
};

const outcome = (changes: Partial<RunOutcome> = {}): RunOutcome => ({
  decision: "keep",
  resultPlan: samplePlan(),
  usdPerHourBefore: usd("4.00"),
  usdPerHourAfter: usd("4.00"),
  saving: usd("0.00"),
  changes: [],
  now: at("06:00:10"),
  ...changes,
});

describe("claimDueTicks", () => {
  it("stores one run a tick, however many workers look at once", async () => {
    const planIds = await Promise.all(Array.from({ length: 12 }, () => scheduledPlan()));
    await Promise.all(Array.from({ length: 8 }, () => claimDueTicks(database.db, at("06:00:00"))));
    for (const planId of planIds) expect((await runsOf(planId)).map(({ tickAt }) => tickAt)).toEqual([at("06:00:00")]);
    expect(await claimDueTicks(database.db, at("06:59:59"))).toBe(0);
  });

  it("makes one run of the ticks that nobody was there for, the latest", async () => {
    const planId = await scheduledPlan();
    await claimDueTicks(database.db, at("11:20:00"));
    expect((await runsOf(planId)).map(({ tickAt }) => tickAt)).toEqual([at("11:00:00")]);
    expect((await getSchedule(database.db, planId))?.nextRunAt).toEqual(at("12:00:00"));
  });

  it("stores no second run for a tick when the clock goes back", async () => {
    const planId = await scheduledPlan();
    await claimDueTicks(database.db, at("06:00:00"));
    const wish = { planId, cron: "0 * * * *", timeZone: "UTC", switchThresholdShare: 0, enabled: true, now: at("05:59:00") };
    await putSchedule(database.db, wish);
    await claimDueTicks(database.db, at("06:00:00"));
    expect(await runsOf(planId)).toHaveLength(1);
  });

  it("leaves a schedule alone that is not enabled, and one that is gone", async () => {
    const planId = await scheduledPlan();
    const wish = { planId, cron: "0 * * * *", timeZone: "UTC", switchThresholdShare: 0, now: at("05:30:00") };
    expect(await putSchedule(database.db, { ...wish, enabled: false })).toMatchObject({ nextRunAt: null });
    await claimDueTicks(database.db, at("06:00:00"));
    await putSchedule(database.db, { ...wish, enabled: true });
    expect(await removeSchedule(database.db, planId)).toBe(true);
    await claimDueTicks(database.db, at("07:00:00"));
    expect(await runsOf(planId)).toHaveLength(0);
  });

  it("goes with its plan", async () => {
    const planId = await scheduledPlan();
    await claimDueTicks(database.db, at("06:00:00"));
    await removePlan(database.db, planId);
    expect(await runsOf(planId)).toHaveLength(0);
  });
});

describe("a run's lease", () => {
  it("is given to one of many that ask", async () => {
    const runId = await queuedRun();
    const claims = await Promise.all(Array.from({ length: 10 }, () => claimRun(database.db, runId, { now: at("06:00:00"), leaseMs })));
    expect(claims.filter((claimed) => claimed !== undefined)).toHaveLength(1);
  });

  it("can be taken over once it has run out, and not before", async () => {
    const runId = await queuedRun();
    await claim(runId, at("06:00:00"));
    expect(await claimRun(database.db, runId, { now: at("06:00:14"), leaseMs })).toBeUndefined();
    expect((await claim(runId, at("06:00:16"))).lease.attempt).toBe(2);
  });

  it("lasts while it is renewed", async () => {
    const runId = await queuedRun();
    const { lease } = await claim(runId, at("06:00:00"));
    expect(await renewRun(database.db, lease, { now: at("06:00:10"), leaseMs })).toBe(true);
    expect(await claimRun(database.db, runId, { now: at("06:00:24"), leaseMs })).toBeUndefined();
  });

  it("keeps a zombie from writing over its successor", async () => {
    const runId = await queuedRun();
    const zombie = await claim(runId, at("06:00:00"));
    const successor = await claim(runId, at("06:00:16"));
    const result = samplePlan();
    expect(await renewRun(database.db, zombie.lease, { now: at("06:00:17"), leaseMs })).toBe(false);
    expect(await completeRun(database.db, zombie.lease, outcome({ decision: "switch", resultPlan: result }))).toBe("lost");
    expect(await getPlan(database.db, result.id)).toBeUndefined();
    expect(await completeRun(database.db, successor.lease, outcome())).toBe("written");
    expect(await failRun(database.db, zombie.lease, { error: "late", now: at("06:01:00") })).toBe("lost");
    expect(await getRun(database.db, runId)).toMatchObject({ status: "done", decision: "keep", error: null });
  });

  it("can be handed back, which does not count as an attempt", async () => {
    const runId = await queuedRun();
    await releaseRun(database.db, (await claim(runId, at("06:00:00"))).lease);
    expect((await claim(runId, at("06:00:01"))).lease.attempt).toBe(1);
  });

  it("is not given for a finished run", async () => {
    const runId = await queuedRun();
    await completeRun(database.db, (await claim(runId, at("06:00:00"))).lease, outcome());
    expect(await claimRun(database.db, runId, { now: at("23:00:00"), leaseMs })).toBeUndefined();
  });
});

describe("takeDueRuns", () => {
  const unfinished = async (now: Date, runId: string): Promise<boolean> => (await takeDueRuns(database.db, now)).includes(runId);

  it("hands a queued run out once, and again when nobody took it", async () => {
    const runId = await queuedRun();
    const taken = await Promise.all(Array.from({ length: 6 }, () => takeDueRuns(database.db, at("06:00:00"))));
    expect(taken.flat().filter((id) => id === runId)).toHaveLength(1);
    expect(await unfinished(at("06:00:09"), runId)).toBe(false);
    expect(await unfinished(at("06:00:11"), runId)).toBe(true);
  });

  it("hands out what a dead worker left, and what a stopping one gave back at once", async () => {
    const runId = await queuedRun();
    await takeDueRuns(database.db, at("06:00:00"));
    const { lease } = await claim(runId, at("06:00:01"));
    expect(await unfinished(at("06:00:12"), runId)).toBe(false);
    expect(await unfinished(at("06:00:17"), runId)).toBe(true);
    await releaseRun(database.db, lease);
    expect(await unfinished(at("06:00:18"), runId)).toBe(true);
  });
});

describe("the plan in force", () => {
  it("is the last one switched to", async () => {
    const planId = await scheduledPlan();
    const better = samplePlan({ lines: [sampleLine({ usdPerInstanceHour: "3.00" })] });
    const first = await createRun(database.db, planId, at("06:00:00"));
    const { lease, planInForce } = await claim(first?.id ?? "", at("06:00:00"));
    expect(planInForce.id).toBe(planId);
    await completeRun(database.db, lease, outcome({ decision: "switch", resultPlan: better, saving: usd("1.00") }));
    const [run] = await database.db
      .select()
      .from(runs)
      .where(eq(runs.id, first?.id ?? ""));
    expect(run).toMatchObject({ resultPlanId: better.id, savingMicro: 1_000_000n });
    const second = await createRun(database.db, planId, at("07:00:00"));
    const claimed = await claim(second?.id ?? "", at("07:00:00"));
    expect(claimed.planInForce).toEqual(better);
    expect(claimed.switchThresholdShare).toBe(0.05);
  });
});
