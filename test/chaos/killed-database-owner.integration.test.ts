import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { buildBundles, openStage, type Stage } from "./processes.ts";
import { get, planRequest, post } from "./requests.ts";

let stage: Stage;
beforeAll(buildBundles);
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.clear());

const storePlan = async (databaseUrl: string): Promise<string> => {
  const api = await stage.start("api", { DATABASE_URL: databaseUrl, PORT: "0" });
  const { id } = (await (await post(api.ready, "/v1/plans", planRequest("kept"))).json()) as { id: string };
  await api.stop();
  return id;
};

const findPlan = async (databaseUrl: string, id: string): Promise<unknown> => {
  const api = await stage.start("api", { DATABASE_URL: databaseUrl, PORT: "0" });
  const plan = await get(api.ready, `/v1/plans/${id}`);
  await api.stop();
  return plan;
};

describe("the embedded database", () => {
  it("outlives its owner's death, is adopted by the next, and stopped with that one", async () => {
    const owner = await stage.start("database");
    const id = await storePlan(owner.ready);
    await owner.kill();
    const successor = await stage.start("database");
    expect(successor.ready).toBe(owner.ready);
    expect(await findPlan(successor.ready, id)).toMatchObject({ name: "kept" });
    expect(await successor.stop()).toBe(0);
    await expect(stage.start("api", { DATABASE_URL: successor.ready, PORT: "0" })).rejects.toThrow(/ECONNREFUSED/);
    const restarted = await stage.start("database");
    expect(await findPlan(restarted.ready, id)).toMatchObject({ name: "kept" });
    expect(await restarted.stop()).toBe(0);
  });

  it("is shared by two starts at once, and stopped by the last of them alone", async () => {
    const [first, second] = await Promise.all([stage.start("database"), stage.start("database")]);
    expect(second.ready).toBe(first.ready);
    const id = await storePlan(second.ready);
    expect(await second.stop()).toBe(0);
    expect(await findPlan(first.ready, id)).toMatchObject({ name: "kept" });
    expect(await first.stop()).toBe(0);
    await expect(stage.start("api", { DATABASE_URL: first.ready, PORT: "0" })).rejects.toThrow(/ECONNREFUSED/);
  });
});
