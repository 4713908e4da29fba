import { describe, expect, it } from "vitest";
import { frontierAndWait, scenariosAndWait } from "./compare-and-wait.ts";
import { headroomClient } from "./headroom-client.ts";
import { planAndWait } from "./plan-and-wait.ts";

interface Sent {
  readonly url: string;
  readonly init: RequestInit;
}

const json = (body: unknown, status = 200, contentType = "application/json"): Response =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": contentType } });

/** A server that gives these answers in turn, and remembers what it was asked. */
const serverOf = (...answers: (Response | Error)[]) => {
  const sent: Sent[] = [];
  const fetch = async (url: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    sent.push({ url: String(url), init });
    const answer = answers.shift() ?? new Error("nothing more to say");
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { client: headroomClient({ baseUrl: "http://127.0.0.1:4310/", fetch }), sent };
};

const request = { services: [] };
const job = { id: "job_1", kind: "plan", status: "queued", planId: null, answer: null, problem: null };

describe("headroomClient", () => {
  it("asks in the API's words", async () => {
    const { client, sent } = serverOf(json({}), json({}), json({}), new Response(null, { status: 204 }));
    await client.listOffers({ accelerators: ["h100-sxm", "l40s"], asOf: "2026-07-30" });
    await client.getPlan("a/b c");
    await client.plan(request, { prefer: "respond-async", idempotencyKey: "k" });
    expect(await client.removePlan("plan_1")).toEqual({ ok: true, value: undefined });
    expect(sent.map(({ url, init }) => `${init.method} ${url}`)).toEqual([
      "GET http://127.0.0.1:4310/v1/offers?accelerators=h100-sxm%2Cl40s&asOf=2026-07-30",
      "GET http://127.0.0.1:4310/v1/plans/a%2Fb%20c",
      "POST http://127.0.0.1:4310/v1/plans",
      "DELETE http://127.0.0.1:4310/v1/plans/plan_1",
    ]);
    expect(sent[2]?.init.headers).toMatchObject({ "content-type": "application/json", prefer: "respond-async", "idempotency-key": "k" });
    expect(sent[2]?.init.body).toBe('{"services":[]}');
  });

  it("gives a refusal as the problem that the server states", async () => {
    const problem = {
      type: "/problems/invalid-fields",
      title: "Some fields are wrong",
      status: 422,
      errors: [{ pointer: "/a", detail: "b" }],
    };
    const { client } = serverOf(json(problem, 422, "application/problem+json"));
    expect(await client.mix({ machines: [] } as never)).toEqual({ ok: false, kind: "problem", problem });
  });

  it("makes a problem of a refusal in somebody else's words", async () => {
    const { client } = serverOf(new Response("<html>Bad Gateway</html>", { status: 502, statusText: "Bad Gateway" }));
    expect(await client.listModels()).toEqual({
      ok: false,
      kind: "problem",
      problem: { type: "about:blank", title: "Bad Gateway", status: 502 },
    });
  });

  it("tells a silent server and a strange one from a refusal", async () => {
    const silent = new TypeError("fetch failed", { cause: new Error("connect ECONNREFUSED 127.0.0.1:4310") });
    const { client } = serverOf(silent, new Response("<html>"));
    expect(await client.listModels()).toEqual({ ok: false, kind: "network", detail: "fetch failed: connect ECONNREFUSED 127.0.0.1:4310" });
    expect(await client.listModels()).toMatchObject({ ok: false, kind: "network" });
  });

  it("tells a plan from a job", async () => {
    const { client } = serverOf(json({ id: "plan_1" }), json(job, 202));
    expect(await client.plan(request)).toEqual({ ok: true, value: { kind: "plan", plan: { id: "plan_1" } } });
    expect(await client.plan(request)).toEqual({ ok: true, value: { kind: "job", job } });
  });
});

describe("planAndWait", () => {
  it("stays with a job until its plan is there", async () => {
    const { client, sent } = serverOf(json(job, 202), json({ ...job, status: "done", planId: "plan_1" }), json({ id: "plan_1" }));
    expect(await planAndWait(client, request)).toEqual({ ok: true, value: { id: "plan_1" } });
    expect(sent.map(({ url }) => new URL(url).pathname)).toEqual(["/v1/plans", "/v1/jobs/job_1", "/v1/plans/plan_1"]);
  });

  it("gives the problem of a job that failed", async () => {
    const problem = { type: "/problems/solve-stopped", title: "The solve did not end", status: 422 };
    const { client } = serverOf(json({ ...job, status: "failed", problem }, 202));
    expect(await planAndWait(client, request)).toEqual({ ok: false, kind: "problem", problem });
  });

  it("stops when it is told to", async () => {
    const stop = new AbortController();
    stop.abort();
    const { client } = serverOf(json(job, 202));
    expect(await planAndWait(client, request, { signal: stop.signal })).toMatchObject({ ok: false, kind: "network" });
  });
});

describe("frontiers and scenarios", () => {
  const asked = { plan: request, axis: "horizon" } as const;

  it("are answered at once, or stay with their job until its answer is there", async () => {
    const answer = { points: [] };
    const atOnce = serverOf(json(answer));
    expect(await frontierAndWait(atOnce.client, asked)).toEqual({ ok: true, value: answer });
    const later = serverOf(json({ ...job, kind: "scenarios" }, 202), json({ ...job, kind: "scenarios", status: "done", answer }));
    expect(await scenariosAndWait(later.client, { plan: request }, { prefer: "respond-async" })).toEqual({ ok: true, value: answer });
    expect([...atOnce.sent, ...later.sent].map(({ url }) => new URL(url).pathname)).toEqual([
      "/v1/frontiers",
      "/v1/scenarios",
      "/v1/jobs/job_1",
    ]);
    expect(later.sent[0]?.init.headers).toMatchObject({ prefer: "respond-async" });
  });

  it("say that a job ended without an answer", async () => {
    const { client } = serverOf(json({ ...job, kind: "frontier", status: "cancelled" }, 202));
    expect(await frontierAndWait(client, asked)).toMatchObject({
      ok: false,
      problem: { title: "The job is cancelled and has no frontier" },
    });
  });
});
