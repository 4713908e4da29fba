import { jobDocument, planPage, runSummary, scheduleDocument } from "@headroom/client";
import { type Outcome, type Plan, refuse, succeed } from "@headroom/core";
import { samplePlan, sampleRequest } from "@headroom/db/test-database";
import { SolveAborted } from "@headroom/solver/threads";
import { describe, expect, it } from "vitest";
import type { Dependencies } from "../dependencies.ts";
import { fakeApp } from "../fakes/fake-app.ts";
import { createLifecycle } from "../lifecycle.ts";
import { solveSlots } from "../solve/solve-slots.ts";

const request = sampleRequest();

/** A solver that ends when it is told to, or when it is cancelled. */
const heldSolver = () => {
  const begun: AbortSignal[] = [];
  const ends: ((outcome: Outcome<Plan>) => void)[] = [];
  const plan: Dependencies["solver"]["plan"] = (_request, _catalog, signal) =>
    new Promise((resolve, reject) => {
      if (signal) begun.push(signal);
      ends.push(resolve);
      signal?.addEventListener("abort", () => reject(new SolveAborted("the solve was cancelled")));
    });
  const nothing = async () => refuse("", "does nothing else");
  const solver: Dependencies["solver"] = { plan, mix: nothing, frontier: nothing, scenarios: nothing };
  return { solver, begun, end: (outcome: Outcome<Plan>) => ends.shift()?.(outcome) };
};

const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  for (let attempt = 0; attempt < 200; attempt++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error("it did not come to pass within a second");
};

const jobOf = async (response: Response) => jobDocument.parse(await response.json());

describe("POST /v1/plans", () => {
  it("answers the plan, stored under its id, byte for byte the same later", async () => {
    const { send } = fakeApp();
    const response = await send("POST", "/v1/plans", request);
    const text = await response.text();
    const { id } = JSON.parse(text);
    expect(response.headers.get("content-location")).toBe(`/v1/plans/${id}`);
    expect(await (await send("GET", `/v1/plans/${id}`)).text()).toBe(text);
    const { items } = planPage.parse(await (await send("GET", "/v1/plans")).json());
    expect(items.map((item) => item.id)).toEqual([id]);
    expect((await send("DELETE", `/v1/plans/${id}`)).status).toBe(204);
    expect((await send("GET", `/v1/plans/${id}`)).status).toBe(404);
  });

  it("answers the solver's refusals with its pointers", async () => {
    const solver = { ...heldSolver().solver, plan: async () => refuse("/services/0/model/id", "is not a bundled model") };
    const response = await fakeApp({ solver }).send("POST", "/v1/plans", request);
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ errors: [{ pointer: "/services/0/model/id" }] });
  });

  it("points into the market where the catalog is unknown", async () => {
    const response = await fakeApp().send("POST", "/v1/plans", { ...request, market: { catalog: "nowhere" } });
    expect(await response.json()).toMatchObject({ status: 422, errors: [{ pointer: "/market/catalog" }] });
  });

  it("answers a job at once to whoever prefers it", async () => {
    const { send } = fakeApp();
    const response = await send("POST", "/v1/plans", request, { prefer: "respond-async, wait=10" });
    expect(response.status).toBe(202);
    const job = await jobOf(response);
    expect(response.headers.get("location")).toBe(`/v1/jobs/${job.id}`);
    expect(await jobOf(await send("GET", `/v1/jobs/${job.id}`))).toMatchObject({ status: "queued", planId: null });
  });

  it("answers a job when it takes long, goes on, and stores the plan", async () => {
    const { solver, end } = heldSolver();
    const { send } = fakeApp({ solver, answerWithinMs: 20 });
    const response = await send("POST", "/v1/plans", request);
    expect(response.status).toBe(202);
    const { id, status } = await jobOf(response);
    expect(status).toBe("solving");
    const plan = samplePlan();
    end(succeed(plan));
    await until(async () => (await jobOf(await send("GET", `/v1/jobs/${id}`))).planId === plan.id);
    expect((await send("GET", `/v1/plans/${plan.id}`)).status).toBe(200);
  });

  it("puts into the job what would have been answered", async () => {
    const { solver, end } = heldSolver();
    const { send } = fakeApp({ solver, answerWithinMs: 20 });
    const { id } = await jobOf(await send("POST", "/v1/plans", request));
    end(refuse("/services/0/slo", "cannot be met"));
    await until(async () => (await jobOf(await send("GET", `/v1/jobs/${id}`))).status === "failed");
    const { problem } = await jobOf(await send("GET", `/v1/jobs/${id}`));
    expect(problem).toMatchObject({ type: "/problems/invalid-fields", status: 422, errors: [{ pointer: "/services/0/slo" }] });
  });

  it("ends the solve of a cancelled job", async () => {
    const { solver, begun } = heldSolver();
    const { send } = fakeApp({ solver, answerWithinMs: 20, renewEveryMs: 10 });
    const { id } = await jobOf(await send("POST", "/v1/plans", request));
    expect((await jobOf(await send("DELETE", `/v1/jobs/${id}`))).status).toBe("cancelled");
    await until(() => begun[0]?.aborted === true);
    expect((await send("DELETE", `/v1/jobs/${id}`)).status).toBe(200);
  });

  it("ends the solve of a client that goes away", async () => {
    const { solver, begun } = heldSolver();
    const { app } = fakeApp({ solver });
    const client = new AbortController();
    const answer = app.request("/v1/plans", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(request),
      signal: client.signal,
    });
    await until(() => begun.length === 1);
    client.abort();
    await answer;
    expect(begun[0]?.aborted).toBe(true);
  });

  it("leaves to the workers what runs when the server stops, and hands its jobs back", async () => {
    const lifecycle = createLifecycle();
    const { solver, begun } = heldSolver();
    const { send } = fakeApp({ solver, lifecycle, answerWithinMs: 40 });
    const late = await jobOf(await send("POST", "/v1/plans", request));
    const waiting = send("POST", "/v1/plans", request);
    await until(() => begun.length === 2);
    lifecycle.stop();
    expect((await jobOf(await waiting)).status).toBe("queued");
    await lifecycle.settled();
    expect((await jobOf(await send("GET", `/v1/jobs/${late.id}`))).status).toBe("queued");
    expect(begun.every(({ aborted }) => aborted)).toBe(true);
  });

  it("refuses more solves than may run and wait, and says when to come again", async () => {
    const { solver, begun } = heldSolver();
    const { send } = fakeApp({ solver, slots: solveSlots({ running: 1, waiting: 0 }), answerWithinMs: 50 });
    const first = send("POST", "/v1/plans", request);
    await until(() => begun.length === 1);
    const refused = await send("POST", "/v1/plans", request);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    await first;
  });

  it("says that a solve was stopped at its limit", async () => {
    const plan = () => Promise.reject(new SolveAborted("the solve did not end within 1 s and was stopped"));
    const response = await fakeApp({ solver: { ...heldSolver().solver, plan } }).send("POST", "/v1/plans", request);
    expect(await response.json()).toMatchObject({
      status: 422,
      type: "/problems/solve-stopped",
      errors: [{ pointer: "/limits/timeLimitSeconds" }],
    });
  });
});

describe("Idempotency-Key", () => {
  const key = { "idempotency-key": "budget-1" };

  it("answers the same plan to the same request, however often it comes", async () => {
    const { send } = fakeApp({ slots: solveSlots({ running: 20, waiting: 0 }) });
    const answers = await Promise.all(Array.from({ length: 20 }, () => send("POST", "/v1/plans", request, key)));
    const bodies = new Set(await Promise.all(answers.map((answer) => answer.text())));
    expect(bodies.size).toBe(1);
    expect(planPage.parse(await (await send("GET", "/v1/plans")).json()).items).toHaveLength(1);
  });

  it("refuses another request under the key", async () => {
    const { send } = fakeApp();
    await send("POST", "/v1/plans", request, key);
    expect((await send("POST", "/v1/plans", { ...request, name: "another" }, key)).status).toBe(422);
  });

  it("answers the same job", async () => {
    const { send } = fakeApp();
    const asynchronous = { ...key, prefer: "respond-async" };
    const [first, second] = [
      await send("POST", "/v1/plans", request, asynchronous),
      await send("POST", "/v1/plans", request, asynchronous),
    ];
    expect((await jobOf(second)).id).toBe((await jobOf(first)).id);
  });

  it.each(["", "with space", "x".repeat(201), "naïve"])("refuses the key '%s'", async (wrong) => {
    expect((await fakeApp().send("POST", "/v1/plans", request, { "idempotency-key": wrong })).status).toBe(422);
  });
});

describe("schedules and runs", () => {
  const planned = async () => {
    const { send } = fakeApp();
    const { id } = (await (await send("POST", "/v1/plans", request)).json()) as Plan;
    return { send, path: `/v1/plans/${id}` };
  };

  it("sets, shows and ends a plan's schedule", async () => {
    const { send, path } = await planned();
    const put = await send("PUT", `${path}/schedule`, { cron: "0 6 * * MON", timeZone: "Europe/Berlin" });
    const schedule = scheduleDocument.parse(await put.json());
    expect(schedule).toMatchObject({ switchThresholdShare: 0.05, enabled: true });
    expect(schedule.nextRuns).toEqual(
      ["2026-08-03", "2026-08-10", "2026-08-17", "2026-08-24", "2026-08-31"].map((day) => `${day}T04:00:00.000Z`),
    );
    expect(scheduleDocument.parse(await (await send("GET", `${path}/schedule`)).json())).toEqual(schedule);
    const { items } = planPage.parse(await (await send("GET", "/v1/plans")).json());
    expect(items[0]?.schedule).toMatchObject({ cron: "0 6 * * MON", enabled: true });
    expect((await send("DELETE", `${path}/schedule`)).status).toBe(204);
    expect((await send("DELETE", `${path}/schedule`)).status).toBe(404);
  });

  it.each([
    { name: "a cron that is none", body: { cron: "daily", timeZone: "UTC" }, pointer: "/cron" },
    { name: "a zone that is none", body: { cron: "0 6 * * *", timeZone: "Berlin" }, pointer: "/timeZone" },
    { name: "every second", body: { cron: "* * * * * *", timeZone: "UTC" }, pointer: "/cron" },
    {
      name: "a threshold above 1",
      body: { cron: "0 6 * * *", timeZone: "UTC", switchThresholdShare: 2 },
      pointer: "/switchThresholdShare",
    },
  ])("refuses $name", async ({ body, pointer }) => {
    const { send, path } = await planned();
    const response = await send("PUT", `${path}/schedule`, body);
    expect(await response.json()).toMatchObject({ status: 422, errors: [{ pointer }] });
  });

  it("queues a run on request and shows it", async () => {
    const { send, path } = await planned();
    const response = await send("POST", `${path}/runs`);
    expect(response.status).toBe(202);
    const run = runSummary.parse(await response.json());
    expect(response.headers.get("location")).toBe(`/v1/runs/${run.id}`);
    expect(await (await send("GET", `/v1/runs/${run.id}`)).json()).toEqual({ ...run, resultPlan: null });
    expect(await (await send("GET", `${path}/runs`)).json()).toEqual({ items: [run] });
  });
});
