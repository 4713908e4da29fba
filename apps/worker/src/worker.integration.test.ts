import type { CatalogDocument, Outcome, Plan, PlanRequest } from "@headroom/core";
import {
  claimRun,
  createCatalog,
  createHeldJob,
  createJob,
  createPlan,
  createRun,
  type Database,
  getJob,
  getPlan,
  getRun,
  getSchedule,
  type ListedRun,
  listRuns,
  putSchedule,
} from "@headroom/db";
import { type FreshDatabase, freshDatabase, sampleCatalog, sampleRequest } from "@headroom/db/test-database";
import { SolveAborted } from "@headroom/solver/threads";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { inProcessSolver, planAt, planInProcess } from "./fakes/plan-in-process.ts";
import { startWorker, type Worker, type WorkerOptions } from "./start-worker.ts";

let database: FreshDatabase;
let workers: Worker[];
beforeEach(async () => {
  database = await freshDatabase();
  workers = [];
});
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  await database.close();
});

const oldPrices = { a: "4.00", b: "5.00" };

/** With a solver of its own for plans, where a test is about that. */
type Changes = Partial<Omit<WorkerOptions, "solver">> & { readonly solver?: Pick<WorkerOptions["solver"], "plan"> };

const work = async ({ solver, ...changes }: Changes = {}): Promise<Worker> => {
  const worker = await startWorker({
    databaseUrl: database.url,
    solver: { ...inProcessSolver, ...solver },
    solvesAtOnce: 2,
    bundledCatalogs: [sampleCatalog({ id: "old", prices: oldPrices })],
    log: pino({ level: "silent" }),
    pace: { lookEveryMs: 100, leaseMs: 1500, drainMs: 300 },
    ...changes,
  });
  workers.push(worker);
  return worker;
};

const until = async <T>(find: () => Promise<T | undefined>): Promise<T> => {
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline) {
    const found = await find();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("it did not come to pass within twenty seconds");
};

const finishedRun = (db: Database, id: string) =>
  until(async () => {
    const run = await getRun(db, id);
    return run?.status === "done" || run?.status === "failed" ? run : undefined;
  });

const storedPlan = async (): Promise<Plan> => {
  const plan = await planAt(oldPrices);
  await createPlan(database.db, plan);
  return plan;
};

const everySecond = { cron: "* * * * * *", timeZone: "UTC", switchThresholdShare: 0.05, enabled: true };

/** A solver whose every solve waits until it is let go, or cancelled. */
const heldSolver = () => {
  const begun: AbortSignal[] = [];
  let letGo = () => {};
  const free = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const plan = async (request: PlanRequest, catalog: CatalogDocument, signal?: AbortSignal): Promise<Outcome<Plan>> => {
    if (signal) begun.push(signal);
    const cancelled = new Promise<never>((_, reject) => {
      signal?.addEventListener("abort", () => reject(new SolveAborted("the solve was cancelled")));
    });
    await Promise.race([free, cancelled]);
    return planInProcess(request, catalog);
  };
  return { solver: { plan }, begun, letGo };
};

describe("workers", () => {
  it("start at once on a database that none has used", async () => {
    const started = await Promise.all(Array.from({ length: 6 }, () => work()));
    expect(new Set(started.map(({ id }) => id)).size).toBe(6);
  });

  it("solve each tick of a schedule once, two of them at it", async () => {
    const { id: planId } = await storedPlan();
    await putSchedule(database.db, { planId, ...everySecond, now: new Date() });
    await Promise.all([work(), work()]);
    const done = await until(async () => {
      const { items } = await listRuns(database.db, planId, { limit: 200 });
      const finished = items.filter(({ status }) => status === "done");
      return finished.length >= 4 ? items : undefined;
    });
    const ticks = done.map(({ tickAt }: ListedRun) => tickAt.getTime());
    expect(new Set(ticks).size).toBe(ticks.length);
    expect(ticks.every((tick) => tick % 1000 === 0)).toBe(true);
    expect(done.every(({ attempt }) => attempt <= 1)).toBe(true);
    expect(done.filter(({ status }) => status === "done").every(({ decision }) => decision === "keep")).toBe(true);
  });

  it("turn keep into switch when prices move, with the saving, and go on from the new plan", async () => {
    const { id: planId } = await storedPlan();
    await work();
    const first = await createRun(database.db, planId, new Date());
    expect(await finishedRun(database.db, first?.id ?? "")).toMatchObject({ decision: "keep", savingMicro: 0n, catalogId: "old" });

    await createCatalog(database.db, sampleCatalog({ id: "new", asOf: "2026-08-30", prices: { a: "6.00", b: "5.00" } }));
    const second = await createRun(database.db, planId, new Date());
    const switched = await finishedRun(database.db, second?.id ?? "");
    expect(switched).toMatchObject({
      decision: "switch",
      catalogId: "new",
      usdPerHourBeforeMicro: 6_000_000n,
      usdPerHourAfterMicro: 5_000_000n,
      savingMicro: 1_000_000n,
    });
    expect(switched.changes?.map(({ kind }) => kind)).toEqual(["price", "line-removed", "line-added"]);
    const successor = await getPlan(database.db, switched.resultPlanId ?? "");
    expect(successor?.plan.lines.map(({ offerId }) => offerId)).toEqual(["b"]);

    const third = await createRun(database.db, planId, new Date());
    expect(await finishedRun(database.db, third?.id ?? "")).toMatchObject({ decision: "keep", usdPerHourBeforeMicro: 5_000_000n });
  });

  it("keep within a schedule's threshold", async () => {
    const { id: planId } = await storedPlan();
    await putSchedule(database.db, {
      planId,
      cron: "0 0 1 1 *",
      timeZone: "UTC",
      switchThresholdShare: 0.2,
      enabled: true,
      now: new Date(),
    });
    await createCatalog(database.db, sampleCatalog({ id: "new", asOf: "2026-08-30", prices: { a: "6.00", b: "5.00" } }));
    await work();
    const run = await createRun(database.db, planId, new Date());
    expect(await finishedRun(database.db, run?.id ?? "")).toMatchObject({ decision: "keep", savingMicro: 1_000_000n, resultPlanId: null });
  });

  it("write down why a run failed", async () => {
    const plan = await storedPlan();
    const refusing = { plan: async () => ({ ok: false, errors: [{ pointer: "/market/regions/0", detail: "is gone" }] }) as const };
    await work({ solver: refusing });
    const run = await createRun(database.db, plan.id, new Date());
    expect(await finishedRun(database.db, run?.id ?? "")).toMatchObject({ status: "failed", error: "/market/regions/0 is gone" });
  });

  it("take over a run whose worker died, and give one up that killed three", async () => {
    const { id: planId } = await storedPlan();
    const abandoned = await createRun(database.db, planId, new Date());
    await claimRun(database.db, abandoned?.id ?? "", { now: new Date(), leaseMs: 500 });
    const deadly = await createRun(database.db, planId, new Date());
    for (let attempt = 0; attempt < 3; attempt++) {
      await claimRun(database.db, deadly?.id ?? "", { now: new Date(Date.now() - 60_000 + attempt * 10_000), leaseMs: 500 });
    }
    await work();
    expect(await finishedRun(database.db, abandoned?.id ?? "")).toMatchObject({ status: "done", attempt: 2 });
    expect(await finishedRun(database.db, deadly?.id ?? "")).toMatchObject({
      status: "failed",
      error: expect.stringContaining("3 workers died"),
    });
  });

  it("renew the lease of a long solve, so that nobody else begins it", async () => {
    const { id: planId } = await storedPlan();
    const { solver: slow, begun, letGo } = heldSolver();
    await Promise.all([work({ solver: slow }), work({ solver: slow })]);
    const run = await createRun(database.db, planId, new Date());
    await until(async () => begun[0]);
    await new Promise((resolve) => setTimeout(resolve, 2500));
    letGo();
    expect(await finishedRun(database.db, run?.id ?? "")).toMatchObject({ status: "done", attempt: 1 });
    expect(begun).toHaveLength(1);
  });

  it("hand a run back when they stop, and another takes it at once", async () => {
    const { id: planId } = await storedPlan();
    const { solver: slow, begun } = heldSolver();
    const first = await work({ solver: slow });
    const run = await createRun(database.db, planId, new Date());
    await until(async () => begun[0]);
    await first.stop();
    expect(await getRun(database.db, run?.id ?? "")).toMatchObject({ status: "queued", attempt: 0, leaseToken: null });
    workers = [];
    await work();
    expect(await finishedRun(database.db, run?.id ?? "")).toMatchObject({ status: "done", attempt: 1 });
  });

  it("solve jobs, also one that its first holder left, and not one that was cancelled", async () => {
    const request = sampleRequest();
    const job = await createJob(database.db, { work: { kind: "plan", request } });
    const left = await createHeldJob(
      database.db,
      { work: { kind: "plan", request } },
      { now: new Date(Date.now() - 60_000), leaseMs: 15_000 },
    );
    if (job === "key-taken" || left === "key-taken") throw new Error("no key was given");
    const wrong = await createJob(database.db, {
      work: { kind: "frontier", request: { plan: sampleRequest({ market: { catalog: "nowhere" } }), axis: "horizon" } },
    });
    const compared = await createJob(database.db, { work: { kind: "scenarios", request: { plan: request } } });
    if (compared === "key-taken") throw new Error("no key was given");
    await work();
    const finished = (id: string) =>
      until(async () => {
        const found = await getJob(database.db, id);
        return found?.status === "done" || found?.status === "failed" ? found : undefined;
      });
    const done = await finished(job.id);
    expect((await getPlan(database.db, done.planId ?? ""))?.plan.request).toEqual(request);
    expect(await finished(left.job.id)).toMatchObject({ status: "done", attempt: 2 });
    if (wrong === "key-taken") throw new Error("no key was given");
    expect(await finished(wrong.id)).toMatchObject({ status: "failed", problem: { errors: [{ pointer: "/plan/market/catalog" }] } });
    expect(await finished(compared.id)).toMatchObject({
      status: "done",
      planId: null,
      answer: { scenarios: [{ name: "P50" }, { name: "P90" }] },
    });
  });

  it("leave the ticks of a schedule that was switched off meanwhile", async () => {
    const { id: planId } = await storedPlan();
    await putSchedule(database.db, { planId, ...everySecond, now: new Date() });
    await putSchedule(database.db, { planId, ...everySecond, enabled: false, now: new Date() });
    await work();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect((await listRuns(database.db, planId, { limit: 10 })).items).toHaveLength(0);
    expect(await getSchedule(database.db, planId)).toMatchObject({ nextRunAt: null });
  });
});
