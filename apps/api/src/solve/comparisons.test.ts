import { jobDocument } from "@headroom/client";
import { frontierDocument, type Outcome, refuse, scenariosDocument } from "@headroom/core";
import { sampleRequest } from "@headroom/db/test-database";
import { SolveAborted } from "@headroom/solver/threads";
import { describe, expect, it } from "vitest";
import type { Dependencies } from "../dependencies.ts";
import { fakeApp } from "../fakes/fake-app.ts";
import { inProcessSolver } from "../fakes/plan-in-process.ts";
import { createLifecycle } from "../lifecycle.ts";

const plan = sampleRequest();
const frontier = { plan, axis: "spot-share", values: [0, 0.5] };
const paths = [
  { path: "/v1/frontiers", kind: "frontier", body: frontier },
  { path: "/v1/scenarios", kind: "scenarios", body: { plan, demandP90Factor: 2 } },
] as const;

/** A solver whose every comparison goes on until it is ended or cancelled. */
const heldSolver = () => {
  const begun: AbortSignal[] = [];
  const ends: ((outcome: Outcome<never>) => void)[] = [];
  const held = (_request: unknown, _catalog: unknown, signal?: AbortSignal): Promise<Outcome<never>> =>
    new Promise((resolve, reject) => {
      if (signal) begun.push(signal);
      ends.push(resolve);
      signal?.addEventListener("abort", () => reject(new SolveAborted("the solve was cancelled")));
    });
  const solver: Dependencies["solver"] = { ...inProcessSolver, frontier: held, scenarios: held };
  return { solver, begun, end: (outcome: Outcome<never>) => ends.shift()?.(outcome) };
};

/** The same answer, some time after the app has stopped waiting for it. */
const later =
  <A extends unknown[], T>(solve: (...asked: A) => Promise<T>) =>
  async (...asked: A): Promise<T> => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    return solve(...asked);
  };

const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  for (let attempt = 0; attempt < 400; attempt++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error("it did not come to pass within two seconds");
};

const jobOf = async (response: Response) => jobDocument.parse(await response.json());

describe.each(paths)("POST $path", ({ path, kind, body }) => {
  const document = kind === "frontier" ? frontierDocument : scenariosDocument;

  it("answers at once where the plans take less than ten seconds, and stores nothing", async () => {
    const { send } = fakeApp({ solver: inProcessSolver, answerWithinMs: 60_000 });
    const response = await send("POST", path, body);
    expect(response.status).toBe(200);
    expect(document.safeParse(await response.json()).error).toBeUndefined();
    expect(await (await send("GET", "/v1/plans")).json()).toEqual({ items: [] });
  });

  it("answers a job when it takes long; the job keeps the answer", async () => {
    const solver = { ...inProcessSolver, frontier: later(inProcessSolver.frontier), scenarios: later(inProcessSolver.scenarios) };
    const { send } = fakeApp({ solver, answerWithinMs: 5 });
    const response = await send("POST", path, body);
    expect(response.status).toBe(202);
    const { id } = await jobOf(response);
    const job = async () => jobOf(await send("GET", `/v1/jobs/${id}`));
    await until(async () => (await job()).status === "done");
    const { answer, ...rest } = await job();
    expect(rest).toMatchObject({ kind, planId: null, problem: null });
    expect(document.safeParse(answer).error).toBeUndefined();
  });

  it("answers a job at once to whoever prefers it", async () => {
    const { send } = fakeApp();
    const response = await send("POST", path, body, { prefer: "respond-async" });
    expect(response.status).toBe(202);
    const job = await jobOf(response);
    expect(response.headers.get("location")).toBe(`/v1/jobs/${job.id}`);
    expect(job).toMatchObject({ kind, status: "queued", answer: null });
  });

  it("ends the solves of a cancelled job, and of a client that goes away", async () => {
    const { solver, begun } = heldSolver();
    const { send, app } = fakeApp({ solver, answerWithinMs: 20, renewEveryMs: 10 });
    const { id } = await jobOf(await send("POST", path, body));
    expect((await jobOf(await send("DELETE", `/v1/jobs/${id}`))).status).toBe("cancelled");
    await until(() => begun[0]?.aborted === true);
    const client = new AbortController();
    const headers = { "content-type": "application/json" };
    const answer = app.request(path, { method: "POST", headers, body: JSON.stringify(body), signal: client.signal });
    await until(() => begun.length === 2);
    client.abort();
    await answer;
    expect(begun[1]?.aborted).toBe(true);
  });

  it("leaves to the workers what runs when the server stops", async () => {
    const lifecycle = createLifecycle();
    const { solver, begun } = heldSolver();
    const { send } = fakeApp({ solver, lifecycle });
    const waiting = send("POST", path, body);
    await until(() => begun.length === 1);
    lifecycle.stop();
    expect(await jobOf(await waiting)).toMatchObject({ kind, status: "queued" });
    expect(begun[0]?.aborted).toBe(true);
  });

  it("puts into the job what would have been answered", async () => {
    const { solver, end } = heldSolver();
    const { send } = fakeApp({ solver, answerWithinMs: 20 });
    const { id } = await jobOf(await send("POST", path, body));
    end(refuse("/plan/services/0/slo", "cannot be met"));
    await until(async () => (await jobOf(await send("GET", `/v1/jobs/${id}`))).status === "failed");
    const { problem } = await jobOf(await send("GET", `/v1/jobs/${id}`));
    expect(problem).toMatchObject({ status: 422, errors: [{ pointer: "/plan/services/0/slo" }] });
  });

  it.each([
    { name: "a wrong field of the plan", wrong: { ...body, plan: { ...plan, services: "chat" } }, pointer: "/plan/services" },
    {
      name: "a catalog that is none",
      wrong: { ...body, plan: { ...plan, market: { catalog: "nowhere" } } },
      pointer: "/plan/market/catalog",
    },
    { name: "a field that is none", wrong: { ...body, colour: "red" }, pointer: "/colour" },
  ])("refuses $name and points at it", async ({ wrong, pointer }) => {
    const response = await fakeApp({ solver: inProcessSolver }).send("POST", path, wrong);
    expect(await response.json()).toMatchObject({ status: 422, errors: [{ pointer }] });
  });
});
