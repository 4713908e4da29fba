import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildBundles, openStage, type Running, type Stage, slowedBy, until } from "./processes.ts";
import { get, planRequest, post, put } from "./requests.ts";

let stage: Stage;
let database: Running;
let api: Running;
beforeAll(async () => {
  await buildBundles();
  stage = await openStage();
  database = await stage.start("database");
  api = await stage.start("api", { DATABASE_URL: database.ready, PORT: "0", HEADROOM_SCHEDULE_LEAST_SECONDS: "1" });
});
afterAll(() => stage.clear());

const startWorker = (solveMs: number): Promise<Running> =>
  stage.start("worker", {
    DATABASE_URL: database.ready,
    HEADROOM_LEASE_SECONDS: "2",
    HEADROOM_SOLVER_THREADS: "1",
    ...slowedBy(solveMs),
  });

/** Two busy cores may take a minute for what takes seconds alone. */
const patienceMs = 90_000;

interface Run {
  readonly tickAt: string;
  readonly status: string;
  readonly attempt: number;
  readonly decision: string | null;
}

const runsOf = async (planId: string): Promise<readonly Run[]> =>
  (await get<{ items: readonly Run[] }>(api.ready, `/v1/plans/${planId}/runs?limit=200`))?.items ?? [];

describe("a worker that is killed while it solves", () => {
  it("leaves one stored run for each tick, and its own to the other worker", async () => {
    const { id: planId } = (await (await post(api.ready, "/v1/plans", planRequest("scheduled"))).json()) as { id: string };
    // It is still at its first run when it is killed, however long the other takes to start.
    const doomed = await startWorker(60_000);
    await put(api.ready, `/v1/plans/${planId}/schedule`, { cron: "*/3 * * * * *", timeZone: "UTC" });
    await until(async () => (await runsOf(planId)).find(({ status }) => status === "solving"));
    const survivor = await startWorker(600);
    await until(async () => (await runsOf(planId)).find(({ status }) => status === "done"), patienceMs);
    await doomed.kill();
    await until(async () => {
      const runs = await runsOf(planId);
      return runs.length >= 6 && runs.some(({ attempt }) => attempt === 2) ? true : undefined;
    }, patienceMs);
    await fetch(`${api.ready}/v1/plans/${planId}/schedule`, { method: "DELETE" });
    const runs = await until(async () => {
      const found = await runsOf(planId);
      return found.every(({ status }) => status === "done") ? found : undefined;
    }, patienceMs);
    expect(runs.every(({ decision }) => decision === "keep")).toBe(true);
    const ticks = runs.map(({ tickAt }) => Date.parse(tickAt));
    expect(new Set(ticks).size).toBe(ticks.length);
    expect(ticks.every((tick) => tick % 3000 === 0)).toBe(true);
    expect(await survivor.stop()).toBe(0);
  }, 240_000);
});
