import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildBundles, openStage, type Running, type Stage, slowedBy, until } from "./processes.ts";
import { get, planRequest, post } from "./requests.ts";

let stage: Stage;
let database: Running;
beforeAll(async () => {
  await buildBundles();
  stage = await openStage();
  database = await stage.start("database");
});
afterAll(() => stage.clear());

const startApi = (environment: Readonly<Record<string, string>> = {}): Promise<Running> =>
  stage.start("api", { DATABASE_URL: database.ready, PORT: "0", ...environment });

/** Plans again and again until the server is gone; remembers every answer that arrived whole. */
const planUntilGone = async (api: string, acknowledged: Map<string, string>, name: string): Promise<void> => {
  for (let round = 0; ; round++) {
    try {
      const response = await post(api, "/v1/plans", planRequest(`${name} ${round}`));
      const text = await response.text();
      if (response.status === 200) acknowledged.set((JSON.parse(text) as { id: string }).id, text);
    } catch {
      return;
    }
  }
};

describe("an API server that is killed", () => {
  it("loses no plan that it has answered", async () => {
    const api = await startApi();
    const acknowledged = new Map<string, string>();
    const callers = ["a", "b", "c", "d"].map((name) => planUntilGone(api.ready, acknowledged, name));
    await until(async () => (acknowledged.size >= 12 ? true : undefined));
    await api.kill();
    await Promise.all(callers);
    const successor = await startApi();
    for (const [id, text] of acknowledged) {
      const stored = await fetch(`${successor.ready}/v1/plans/${id}`);
      expect(await stored.text()).toBe(text);
    }
    expect(await successor.stop()).toBe(0);
  });

  it("loses no job that it has answered: a worker solves it", async () => {
    const api = await startApi();
    const jobs = await Promise.all(
      ["e", "f", "g"].map(async (name) => {
        const response = await post(api.ready, "/v1/plans", planRequest(name), { prefer: "respond-async" });
        return ((await response.json()) as { id: string }).id;
      }),
    );
    await api.kill();
    const successor = await startApi();
    const worker = await stage.start("worker", { DATABASE_URL: database.ready });
    for (const id of jobs) {
      const planId = await until(
        async () => (await get<{ planId: string | null }>(successor.ready, `/v1/jobs/${id}`))?.planId ?? undefined,
      );
      expect(await get(successor.ready, `/v1/plans/${planId}`)).toMatchObject({ status: "optimal" });
    }
    expect(await worker.stop()).toBe(0);
    expect(await successor.stop()).toBe(0);
  });

  it("that is asked to stop answers what it is solving with a job, and is gone within seconds", async () => {
    const api = await startApi(slowedBy(8000));
    const answer = post(api.ready, "/v1/plans", planRequest("h"));
    await until(async () =>
      (await (await fetch(`${api.ready}/metrics`)).text()).includes('headroom_solves{state="running"} 1') ? true : undefined,
    );
    const asked = Date.now();
    expect(await api.stop()).toBe(0);
    expect(Date.now() - asked).toBeLessThan(5000);
    const response = await answer;
    expect(response.status).toBe(202);
    expect(await response.json()).toMatchObject({ status: "queued" });
  });

  it("does not start where others could reach it", async () => {
    await expect(startApi({ HOST: "0.0.0.0" })).rejects.toThrow(/HOST must be a loopback address/);
  });
});
