import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FreshDatabase, freshDatabase, samplePlan, sampleRequest } from "../../test-database/index.ts";
import { getPlan } from "../plans/get.ts";
import { workOf } from "../schema/index.ts";
import { cancelJob } from "./cancel.ts";
import { claimJob } from "./claim.ts";
import { completeJob } from "./complete.ts";
import { completeJobWithAnswer } from "./complete-with-answer.ts";
import { createHeldJob, createJob } from "./create.ts";
import { failJob } from "./fail.ts";
import { getJob } from "./get.ts";
import { renewJob, takeDueJobs } from "./leases.ts";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const now = new Date("2026-07-30T06:00:00Z");
const terms = { now, leaseMs: 15_000 };
const later = (ms: number): Date => new Date(now.getTime() + ms);
const request = sampleRequest();
const work = { kind: "plan", request } as const;

const created = async () => {
  const job = await createJob(database.db, { work });
  if (job === "key-taken") throw new Error("no key was given");
  return job;
};

const held = async () => {
  const begun = await createHeldJob(database.db, { work }, terms);
  if (begun === "key-taken") throw new Error("no key was given");
  return begun;
};

describe("jobs", () => {
  it("are solved and store their plan", async () => {
    const { id } = await created();
    expect(await takeDueJobs(database.db, now)).toContain(id);
    const claimed = await claimJob(database.db, id, terms);
    expect(claimed?.job.request).toEqual(request);
    const plan = samplePlan();
    expect(claimed && (await completeJob(database.db, claimed.lease, plan, later(1000)))).toBe("written");
    expect(await getJob(database.db, id)).toMatchObject({ status: "done", planId: plan.id, finishedAt: later(1000) });
    expect((await getPlan(database.db, plan.id))?.plan).toEqual(plan);
  });

  it("of many plans keep their answer, and store no plan", async () => {
    const asked = { kind: "frontier", request: { plan: request, axis: "horizon" } } as const;
    const begun = await createHeldJob(database.db, { work: asked }, terms);
    if (begun === "key-taken") throw new Error("no key was given");
    const answer = { axis: "horizon", catalog: "c", catalogAsOf: "2026-07-30", version: "0", points: [], assumptions: {} } as const;
    const ended = { answer: { ...answer, points: [] }, now: later(1000) };
    expect(await completeJobWithAnswer(database.db, begun.lease, ended)).toBe("written");
    const job = await getJob(database.db, begun.job.id);
    expect(job).toMatchObject({ kind: "frontier", status: "done", planId: null, answer });
    expect(job && workOf(job)).toEqual(asked);
    expect(await completeJobWithAnswer(database.db, begun.lease, ended)).toBe("lost");
  });

  it("that their caller has begun are left to it while it lives", async () => {
    const { job, lease } = await held();
    expect(await takeDueJobs(database.db, later(1000))).not.toContain(job.id);
    expect(await renewJob(database.db, lease, { now: later(10_000), leaseMs: 15_000 })).toBe(true);
    expect(await takeDueJobs(database.db, later(20_000))).not.toContain(job.id);
    expect(await takeDueJobs(database.db, later(26_000))).toContain(job.id);
    expect((await claimJob(database.db, job.id, { now: later(26_000), leaseMs: 15_000 }))?.lease.attempt).toBe(2);
    expect(await completeJob(database.db, lease, samplePlan(), later(27_000))).toBe("lost");
  });

  it("can be cancelled until they are finished", async () => {
    const { job, lease } = await held();
    expect(await cancelJob(database.db, job.id, now)).toMatchObject({ status: "cancelled" });
    expect(await renewJob(database.db, lease, terms)).toBe(false);
    expect(await claimJob(database.db, job.id, { now: later(60_000), leaseMs: 15_000 })).toBeUndefined();
    const other = await held();
    await failJob(database.db, other.lease, { code: "internal", detail: "it broke" }, later(1));
    expect(await cancelJob(database.db, other.job.id, later(2))).toMatchObject({ status: "failed", problem: { detail: "it broke" } });
    expect(await cancelJob(database.db, "job_unknown", now)).toBeUndefined();
  });

  it("are made once for one key", async () => {
    const key = { key: "job-key", requestHash: "h" };
    const made = await Promise.all(Array.from({ length: 10 }, () => createJob(database.db, { work, key })));
    expect(made.filter((job) => job !== "key-taken")).toHaveLength(1);
  });
});
