import { once } from "node:events";
import { request as httpRequest, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  type Answer,
  catalogPage,
  headroomClient,
  jobDocument,
  measurementPage,
  planAndWait,
  planPage,
  runDocument,
  runPage,
  scheduleDocument,
} from "@headroom/client";
import { importedMeasurements, type Plan, performanceEstimate, planDocument } from "@headroom/core";
import { catalogShelf, databaseTime, openDatabase } from "@headroom/db";
import { type FreshDatabase, freshDatabase, sampleCatalog, samplePlan, sampleRequest } from "@headroom/db/test-database";
import { createAdaptorServer } from "@hono/node-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import type { Dependencies } from "./dependencies.ts";
import { fakeApp } from "./fakes/fake-app.ts";
import { inProcessSolver } from "./fakes/plan-in-process.ts";
import { databaseStore } from "./store.ts";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const bundledCatalogs = [sampleCatalog({ id: "bundled", prices: { a: "4.00", b: "5.00" } })];

const apiOver = ({ db }: Pick<FreshDatabase, "db">, changes: Partial<Dependencies> = {}) =>
  fakeApp({
    store: databaseStore(db, databaseTime),
    shelf: catalogShelf(db, bundledCatalogs),
    bundledCatalogs,
    solver: inProcessSolver,
    ...changes,
  });

/** The API over the real database, spoken to by the client that everybody uses. */
const clientOver = (changes: Partial<Dependencies> = {}) => {
  const { app } = apiOver(database, changes);
  return headroomClient({ baseUrl: "http://localhost", fetch: async (url, init) => app.request(url as string, init) });
};

const parsed = <S extends z.ZodType>(schema: S, answer: Answer<unknown>): z.output<S> => {
  if (!answer.ok) throw new Error(JSON.stringify(answer));
  return schema.parse(answer.value);
};

describe("the API on PostgreSQL, through its client", () => {
  it("plans, stores, lists, verifies and removes", async () => {
    const client = clientOver();
    const planned = await client.plan(sampleRequest({ name: "chat in production" }));
    if (!planned.ok || planned.value.kind !== "plan") throw new Error(JSON.stringify(planned));
    const { plan } = planned.value;
    expect(planDocument.parse(plan)).toMatchObject({ status: "optimal", cost: { usdPerHour: "4.00" } });
    const stored = await client.getPlan(plan.id);
    expect(JSON.stringify(stored.ok && stored.value)).toBe(JSON.stringify(plan));
    expect(await client.verify(plan)).toEqual({ ok: true, value: { holds: true, violations: [] } });
    const { items } = parsed(planPage, await client.listPlans({ limit: 1 }));
    expect(items[0]).toMatchObject({ id: plan.id, name: "chat in production", usdPerHour: "4.00", catalog: "bundled" });
    expect(await client.removePlan(plan.id)).toEqual({ ok: true, value: undefined });
    expect(await client.getPlan(plan.id)).toMatchObject({ ok: false, kind: "problem", problem: { status: 404 } });
  });

  it("stores that no plan exists", async () => {
    const answer = await clientOver().plan(sampleRequest({ limits: { budgetUsdPerMonth: "1.00" } }));
    expect(answer).toMatchObject({ ok: true, value: { kind: "plan", plan: { status: "infeasible", cost: null } } });
  });

  it("pages through plans while others are stored", async () => {
    const client = clientOver();
    const { store } = { store: databaseStore(database.db, databaseTime) };
    const present = Array.from({ length: 12 }, () => samplePlan());
    for (const plan of present) await store.plans.create(plan);
    const seen: string[] = [];
    for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
      const page = parsed(planPage, await client.listPlans({ limit: 5, cursor }));
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next;
      await store.plans.create(samplePlan());
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(present.map(({ id }) => id)));
  });

  it("plans on a catalog that was stored, and on the newest by itself", async () => {
    const client = clientOver();
    const dear = sampleCatalog({ id: "dear", asOf: "2026-08-30", prices: { a: "8.00" } });
    expect(await client.addCatalog(dear)).toMatchObject({ ok: true, value: { id: "dear", offers: 1, bundled: false } });
    expect(await client.addCatalog({ ...dear, description: "other" })).toMatchObject({ ok: false, problem: { status: 409 } });
    expect(parsed(catalogPage, await client.listCatalogs()).items.map(({ id }) => id)).toEqual(["bundled", "dear"]);
    expect(await client.getCatalog("dear")).toEqual({ ok: true, value: dear });
    const costOn = async (market?: { catalog?: string; asOf?: string }) => {
      const answer = await planAndWait(client, sampleRequest(market ? { market } : {}));
      return answer.ok ? answer.value.cost?.usdPerHour : answer;
    };
    expect(await costOn()).toBe("8.00");
    expect(await costOn({ asOf: "2026-08-01" })).toBe("4.00");
    expect(await costOn({ catalog: "bundled" })).toBe("4.00");
    expect(await client.listOffers({ catalog: "dear", accelerators: ["h100-sxm"], capacityTypes: ["on-demand"] })).toMatchObject({
      ok: true,
      value: { catalog: "dear", offers: [{ offerId: "a", usdPerInstanceHour: "8.00" }] },
    });
  });

  it("answers what was measured, where it was measured", async () => {
    const client = clientOver();
    const model = { id: "meta-llama/Llama-3.1-8B" };
    const workload = { islTokens: 1000, oslTokens: 200, concurrency: 16 };
    const asked = { model, accelerator: { id: "h100" }, workload };
    const before = parsed(performanceEstimate, await client.estimatePerformance(asked));
    expect(before.source).not.toBe("measured");
    const run = {
      model_id: "mine",
      request_rate: "inf",
      max_concurrency: 16,
      completed: 100,
      total_input_tokens: 100_000,
      total_output_tokens: 20_000,
      output_throughput: before.outputTokensPerSecond * 0.8,
      mean_ttft_ms: (before.ttftMs?.mean ?? 0) * 1.2,
      mean_tpot_ms: before.tpotMs.mean * 1.25,
    };
    const request = { model, accelerator: { id: "h100-sxm" }, result: [run, { ...run, completed: 0 }] };
    const imported = parsed(importedMeasurements, await client.importMeasurements(request));
    expect(imported).toMatchObject({ measurements: [{ concurrency: 16 }], alreadyThere: 0, refused: [{ row: 2 }] });
    expect(await client.importMeasurements(request)).toMatchObject({ ok: true, value: { alreadyThere: 1 } });
    const after = parsed(performanceEstimate, await client.estimatePerformance(asked));
    expect(after).toMatchObject({ source: "measured", assumptions: { measurements: 1, measurementsOfThisConfiguration: 1 } });
    expect(after.tpotMs.mean / before.tpotMs.mean).toBeGreaterThan(1.15);
    const elsewhere = { ...asked, layout: { tensorParallelSize: 2 } };
    expect(await client.estimatePerformance(elsewhere)).toMatchObject({ ok: true, value: { source: "interpolated" } });
    const { items } = parsed(measurementPage, await client.listMeasurements({ model: "llama-3.1-8b", accelerator: "H100", limit: 5 }));
    expect(items.map(({ id }) => id)).toEqual(imported.measurements.map(({ id }) => id));
    expect(parsed(measurementPage, await client.listMeasurements({ accelerator: "l40s" })).items).toEqual([]);
    expect(await client.removeMeasurement(items[0]?.id ?? "")).toMatchObject({ ok: true });
    expect(await client.removeMeasurement(items[0]?.id ?? "")).toMatchObject({ ok: false, problem: { status: 404 } });
    expect(parsed(performanceEstimate, await client.estimatePerformance(asked))).toEqual(before);
  });

  it("schedules a plan and queues a run of it", async () => {
    const client = clientOver();
    const planned = await client.plan(sampleRequest());
    if (!planned.ok || planned.value.kind !== "plan") throw new Error("it was planned at once");
    const { id } = planned.value.plan;
    const wish = { cron: "0 6 * * MON", timeZone: "America/New_York", switchThresholdShare: 0.1 };
    const schedule = parsed(scheduleDocument, await client.putSchedule(id, wish));
    expect(schedule).toMatchObject({ ...wish, enabled: true });
    expect(schedule.nextRuns).toHaveLength(5);
    expect(parsed(scheduleDocument, await client.putSchedule(id, { ...wish, enabled: false })).nextRuns).toEqual([]);
    const run = await client.solveAgain(id);
    const { items } = parsed(runPage, await client.listRuns(id));
    expect(items).toEqual(run.ok ? [run.value] : undefined);
    expect(parsed(runDocument, await client.getRun(items[0]?.id ?? ""))).toMatchObject({
      status: "queued",
      scheduled: false,
      resultPlan: null,
    });
    expect(await client.removeSchedule(id)).toMatchObject({ ok: true });
    expect(await client.getSchedule(id)).toMatchObject({ ok: false, problem: { status: 404 } });
  });

  it("makes one plan of fifty equal requests with one key", async () => {
    const client = clientOver({ slots: { run: async (_signal, work) => work(), counts: () => ({ running: 0, waiting: 0 }) } });
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => client.plan(sampleRequest({ name: "once" }), { idempotencyKey: "once" })),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    const { items } = parsed(planPage, await client.listPlans({ limit: 200 }));
    expect(items.filter(({ name }) => name === "once")).toHaveLength(1);
  });

  it("keeps a job's plan where the answer came too late", async () => {
    const slow: Dependencies["solver"] = {
      ...inProcessSolver,
      plan: async (request, catalog) => {
        await new Promise((resolve) => setTimeout(resolve, 200));
        return inProcessSolver.plan(request, catalog);
      },
    };
    const client = clientOver({ solver: slow, answerWithinMs: 50 });
    const begun = await client.plan(sampleRequest());
    if (!begun.ok || begun.value.kind !== "job") throw new Error("it took too long for a plan");
    expect(jobDocument.parse(begun.value.job)).toMatchObject({ status: "solving" });
    const answer = await planAndWait(client, sampleRequest());
    expect(answer).toMatchObject({ ok: true, value: { status: "optimal" } });
  });

  it("refuses text that PostgreSQL cannot store, before it is planned", async () => {
    const answer = await clientOver().plan(sampleRequest({ name: "a\0b" }));
    expect(answer).toMatchObject({ ok: false, kind: "problem", problem: { status: 422, errors: [{ pointer: "/name" }] } });
  });

  it("finds nothing under ids made to hurt", async () => {
    const client = clientOver();
    for (const id of ["'; drop table plans; --", "../../etc/passwd", "%00", "𝕏", "a".repeat(5000)]) {
      expect(await client.getPlan(id)).toMatchObject({ ok: false, problem: { status: 404 } });
    }
  });
});

describe("a database that is away", () => {
  it("is a 503, and no longer once it is back", async () => {
    const { db, close } = openDatabase({ url: "postgres://nobody@127.0.0.1:9/none", maxConnections: 1 });
    const { send } = apiOver({ db });
    for (const path of ["/readyz", "/v1/plans", "/v1/measurements"]) expect((await send("GET", path)).status, path).toBe(503);
    expect((await send("POST", "/v1/plans", sampleRequest())).status).toBe(503);
    const asked = { model: { id: "llama-3.1-8b" }, accelerator: { id: "h100" }, workload: { islTokens: 10, oslTokens: 10 } };
    expect((await send("POST", "/v1/performance-estimates", asked)).status).toBe(503);
    expect((await send("GET", "/healthz")).status).toBe(200);
    expect((await send("GET", "/v1/models")).status).toBe(200);
    await close();
  });
});

describe("over a socket", () => {
  it("a client that hangs up ends its solve", async () => {
    const begun: AbortSignal[] = [];
    const plan: Dependencies["solver"]["plan"] = (_request, _catalog, signal) =>
      new Promise((_, reject) => {
        if (signal) begun.push(signal);
        signal?.addEventListener("abort", () => reject(new Error("cancelled")));
      });
    const { app } = apiOver(database, { solver: { ...inProcessSolver, plan } });
    const server = createAdaptorServer({ fetch: app.fetch }) as Server;
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const client = httpRequest({
      port,
      host: "127.0.0.1",
      path: "/v1/plans",
      method: "POST",
      headers: { "content-type": "application/json" },
    });
    client.on("error", () => undefined);
    client.end(JSON.stringify(sampleRequest() satisfies Partial<Plan["request"]>));
    await expect.poll(() => begun.length, { timeout: 5000 }).toBe(1);
    client.destroy();
    await expect.poll(() => begun[0]?.aborted, { timeout: 5000 }).toBe(true);
    server.closeAllConnections();
    server.close();
  });
});
