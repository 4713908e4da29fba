import { openDatabase } from "@headroom/db";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { hasProcessFigures, memoryMibOf, solverThreadsOf, workOf } from "./process-figures.ts";
import { buildBundles, hungryAbove, openStage, type Running, type Stage, slowedBy, until } from "./processes.ts";
import { get, planRequest, post, weeklyRequest } from "./requests.ts";

let stage: Stage;
let database: Running;
beforeAll(async () => {
  await buildBundles();
  stage = await openStage();
  database = await stage.start("database");
});
afterAll(() => stage.clear());

let stored: ReturnType<typeof openDatabase>;
beforeEach(async () => {
  stored = openDatabase({ url: database.ready, maxConnections: 1 });
});
afterEach(() => stored.close());

const startApi = (environment: Readonly<Record<string, string>> = {}): Promise<Running> =>
  stage.start("api", { DATABASE_URL: database.ready, PORT: "0", ...environment });

const startWorker = (environment: Readonly<Record<string, string>> = {}): Promise<Running> =>
  stage.start("worker", { DATABASE_URL: database.ready, HEADROOM_LEASE_SECONDS: "10", HEADROOM_SOLVER_THREADS: "1", ...environment });

const countOf = async (table: "plans" | "jobs" | "idempotency_keys", where = "true"): Promise<number> => {
  const [row] = await stored.db.execute<{ count: string }>(`select count(*) as count from ${table} where ${where}`);
  return Number(row?.count);
};

/** Everything that a solve could leave in the database. */
const rows = async () => ({
  plans: await countOf("plans"),
  openJobs: await countOf("jobs", "status in ('queued', 'solving')"),
  keys: await countOf("idempotency_keys"),
});

/** Two busy cores may take minutes for what takes seconds alone. */
const patienceMs = 150_000;

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** In the middle of its work: the solver thread has computed for some time. */
const untilMidSolve = async ({ pid }: Running): Promise<void> => {
  await until(async () => ((await solverThreadsOf(pid)) > 0 ? true : undefined), patienceMs);
  const begun = await workOf(pid);
  await until(async () => ((await workOf(pid)) - begun > 40 ? true : undefined), patienceMs);
};

const untilNoSolve = ({ pid }: Running): Promise<true> =>
  until(async () => ((await solverThreadsOf(pid)) === 0 ? true : undefined), 15_000);

/** A process that solves nothing computes next to nothing: hundredths of a second within one. */
const expectRest = async ({ pid }: Running): Promise<void> => {
  const before = await workOf(pid);
  await sleep(1000);
  expect((await workOf(pid)) - before).toBeLessThan(30);
};

const jobOf = (api: Running, id: string) => get<Job>(api.ready, `/v1/jobs/${id}`);

interface Job {
  readonly id: string;
  readonly status: string;
  readonly planId: string | null;
  readonly problem: { readonly type: string; readonly status: number; readonly detail: string } | null;
}

const untilEnded = (api: Running, id: string): Promise<Job> =>
  until(async () => {
    const job = await jobOf(api, id);
    return job && ["done", "failed", "cancelled"].includes(job.status) ? job : undefined;
  }, patienceMs);

/** Plans something small, however long it takes. */
const planSmall = async (api: Running, name: string): Promise<void> => {
  const response = await post(api.ready, "/v1/plans", { ...planRequest(name), limits: { timeLimitSeconds: 120 } });
  if (response.status === 202) expect(await untilEnded(api, ((await response.json()) as Job).id)).toMatchObject({ status: "done" });
  else expect(response.status).toBe(200);
};

/** What was wrong, whether it was found out before the request was answered or after. */
const problemOf = async (api: Running, response: Response): Promise<unknown> => {
  if (response.status === 202) return (await untilEnded(api, ((await response.json()) as Job).id)).problem;
  expect(response.headers.get("content-type")).toContain("application/problem+json");
  return response.json();
};

describe.runIf(hasProcessFigures)("a week's solve", () => {
  it("whose client hangs up ends with its thread and its memory, and leaves no row, however often", async () => {
    const api = await startApi();
    await planSmall(api, "warm");
    const before = await rows();
    const memory: number[] = [];
    for (let turn = 0; turn < 4; turn++) {
      const client = new AbortController();
      const answer = fetch(`${api.ready}/v1/plans`, {
        method: "POST",
        headers: { "content-type": "application/json", "idempotency-key": `gone-${turn}` },
        body: JSON.stringify(weeklyRequest("gone")),
        signal: client.signal,
      });
      await untilMidSolve(api);
      client.abort();
      await expect(answer).rejects.toThrow(/abort/i);
      await untilNoSolve(api);
      memory.push(await memoryMibOf(api.pid));
    }
    await expectRest(api);
    expect(await (await fetch(`${api.ready}/metrics`)).text()).toContain('headroom_solves{state="running"} 0');
    expect(await rows()).toEqual(before);
    // What the allocator keeps after the first time is used again by the others.
    expect(memory.at(-1)).toBeLessThan((memory[0] ?? 0) + 100);
    await planSmall(api, "after");
    expect(await api.stop()).toBe(0);
  }, 400_000);

  it("whose job is cancelled ends in its worker, which takes the next one", async () => {
    const [api, worker] = [await startApi(), await startWorker()];
    const before = await rows();
    const { id } = (await (await post(api.ready, "/v1/plans", weeklyRequest("cancelled"), { prefer: "respond-async" })).json()) as Job;
    await untilMidSolve(worker);
    const cancelled = await fetch(`${api.ready}/v1/jobs/${id}`, { method: "DELETE" });
    expect(await cancelled.json()).toMatchObject({ status: "cancelled", planId: null });
    await untilNoSolve(worker);
    await expectRest(worker);
    expect(await rows()).toEqual(before);
    expect(await jobOf(api, id)).toMatchObject({ status: "cancelled", planId: null });
    const next = (await (await post(api.ready, "/v1/plans", planRequest("next"), { prefer: "respond-async" })).json()) as Job;
    expect(await untilEnded(api, next.id)).toMatchObject({ status: "done" });
    expect(await worker.stop()).toBe(0);
    expect(await api.stop()).toBe(0);
  }, 400_000);

  it("that needs more memory than it may have is refused in words, and the service goes on", async () => {
    const little = hungryAbove(256);
    const [api, worker] = [await startApi(little), await startWorker(little)];
    const before = await rows();
    const request = weeklyRequest("hungry", { timeLimitSeconds: 120 });
    const tooLarge = {
      type: "/problems/solve-too-large",
      status: 422,
      detail: "the solve needs more than the 256 MiB of memory that it may have",
      errors: [{ pointer: "", detail: expect.stringContaining("fewer services") }],
    };
    expect(await problemOf(api, await post(api.ready, "/v1/plans", request))).toMatchObject(tooLarge);
    const asked = await post(api.ready, "/v1/plans", request, { prefer: "respond-async" });
    expect(await problemOf(api, asked)).toMatchObject(tooLarge);
    expect(await rows()).toEqual(before);
    expect((await fetch(`${api.ready}/healthz`)).status).toBe(200);
    await planSmall(api, "small");
    expect(await worker.stop()).toBe(0);
    expect(await api.stop()).toBe(0);
  }, 400_000);

  it("that outlives its limit is ended with its thread, and the next one is solved", async () => {
    const api = await startApi(slowedBy(60_000));
    const before = await rows();
    const response = await post(api.ready, "/v1/plans", weeklyRequest("endless", { timeLimitSeconds: 1 }));
    expect(await response.json()).toMatchObject({
      type: "/problems/solve-stopped",
      status: 422,
      errors: [{ pointer: "/limits/timeLimitSeconds", detail: "the solve did not end within 1 s and was stopped" }],
    });
    expect(await rows()).toEqual(before);
    await expectRest(api);
    expect(await api.stop()).toBe(0);
  }, 400_000);

  it("in an API server that is killed leaves nothing half there", async () => {
    const api = await startApi();
    const before = await rows();
    const answer = post(api.ready, "/v1/plans", weeklyRequest("killed"), { "idempotency-key": "killed" });
    answer.catch(() => undefined);
    await untilMidSolve(api);
    await api.kill();
    await expect(answer).rejects.toThrow();
    expect(await rows()).toEqual(before);
    const successor = await startApi();
    expect((await fetch(`${successor.ready}/healthz`)).status).toBe(200);
    expect(await rows()).toEqual(before);
    expect(await successor.stop()).toBe(0);
  }, 400_000);

  it("whose API server is killed after its promise, and whose first worker too, is solved by the next", async () => {
    const api = await startApi(slowedBy(120_000));
    const before = await rows();
    const answer = await post(api.ready, "/v1/plans", weeklyRequest("promised", { services: 1, timeLimitSeconds: 300 }));
    expect(answer.status).toBe(202);
    const { id } = (await answer.json()) as Job;
    await api.kill();
    const [successor, doomed] = [await startApi(), await startWorker()];
    await untilMidSolve(doomed);
    expect(await rows()).toEqual({ ...before, openJobs: before.openJobs + 1 });
    await doomed.kill();
    const worker = await startWorker();
    const job = await untilEnded(successor, id);
    expect(job).toMatchObject({ status: "done", problem: null });
    expect(await get(successor.ready, `/v1/plans/${job.planId}`)).toMatchObject({ name: "promised", proof: { verified: true } });
    expect(await rows()).toEqual({ ...before, plans: before.plans + 1 });
    expect(await worker.stop()).toBe(0);
    expect(await successor.stop()).toBe(0);
  }, 400_000);
});
