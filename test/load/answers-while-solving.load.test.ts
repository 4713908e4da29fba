import { Agent, request as httpRequest } from "node:http";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildBundles, openStage, type Running, type Stage, until } from "../chaos/processes.ts";
import { post, weeklyRequest } from "../chaos/requests.ts";

/**
 * While two solves run, the other answers stay under three times their idle 99th percentile. Idle and busy rounds take turns, and
 * the median over the rounds is compared, so that what else happens on the machine strikes both alike.
 */
const rounds = 5;
const requestsPerRound = 120;
const mostTimesIdle = 3;

let stage: Stage;
let api: Running;
beforeAll(async () => {
  await buildBundles();
  stage = await openStage();
  const database = await stage.start("database");
  api = await stage.start("api", { DATABASE_URL: database.ready, PORT: "0", HEADROOM_SOLVER_THREADS: "2" });
});
afterAll(() => stage.clear());

const kinds = {
  "GET /v1/offers": { method: "GET", path: "/v1/offers" },
  "POST /v1/memory-estimates": {
    method: "POST",
    path: "/v1/memory-estimates",
    body: { model: { id: "meta-llama/Llama-3.1-70B" }, accelerator: { id: "h100" }, layout: { tensorParallelSize: 4 } },
  },
  "GET /healthz": { method: "GET", path: "/healthz" },
} as const satisfies Record<string, { method: string; path: string; body?: unknown }>;

type Kind = keyof typeof kinds;
const kindNames = Object.keys(kinds) as Kind[];

/** One connection, as a client has that asks one thing after another. */
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

const millisecondsOf = (kind: Kind): Promise<number> =>
  new Promise((resolve, reject) => {
    const { method, path, ...rest } = kinds[kind];
    const began = performance.now();
    const sent = httpRequest(`${api.ready}${path}`, { method, agent, headers: { "content-type": "application/json" } }, (response) => {
      response.resume();
      response.on("end", () =>
        response.statusCode === 200 ? resolve(performance.now() - began) : reject(new Error(`${kind} ${response.statusCode}`)),
      );
    });
    sent.on("error", reject);
    sent.end("body" in rest ? JSON.stringify(rest.body) : undefined);
  });

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(share * values.length) - 1)] ?? Number.NaN;

const percentile99 = async (): Promise<Record<Kind, number>> => {
  const times: Record<Kind, number[]> = { "GET /v1/offers": [], "POST /v1/memory-estimates": [], "GET /healthz": [] };
  for (let turn = 0; turn < requestsPerRound; turn++) for (const kind of kindNames) times[kind].push(await millisecondsOf(kind));
  return Object.fromEntries(kindNames.map((kind) => [kind, quantile(times[kind], 0.99)])) as Record<Kind, number>;
};

const untilSolving = (count: number): Promise<true> =>
  until(async () =>
    (await (await fetch(`${api.ready}/metrics`)).text()).includes(`headroom_solves{state="running"} ${count}\n`) ? true : undefined,
  );

/** Begins a solve that is longer than a round; answers how to end it. */
const beginSolve = (): (() => Promise<void>) => {
  const client = new AbortController();
  const job = fetch(`${api.ready}/v1/plans`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(weeklyRequest("busy", { services: 40, timeLimitSeconds: 300 })),
    signal: client.signal,
  }).then(
    async (response) => ((await response.json()) as { id: string }).id,
    () => undefined,
  );
  return async () => {
    client.abort();
    const id = await job;
    if (id !== undefined) await fetch(`${api.ready}/v1/jobs/${id}`, { method: "DELETE" });
  };
};

const whileSolving = async (): Promise<Record<Kind, number>> => {
  const solves = [beginSolve(), beginSolve()];
  await untilSolving(2);
  const times = await percentile99();
  await untilSolving(2);
  for (const end of solves) await end();
  await untilSolving(0);
  return times;
};

it("answers stay under three times their idle 99th percentile while two weeks are solved", async () => {
  await post(api.ready, "/v1/plans", weeklyRequest("warm", { services: 1, timeLimitSeconds: 60 }));
  await percentile99();
  const idle: Record<Kind, number>[] = [];
  const busy: Record<Kind, number>[] = [];
  for (let round = 0; round < rounds; round++) {
    idle.push(await percentile99());
    busy.push(await whileSolving());
  }
  const figures = kindNames.map((kind) => {
    const [alone, beside] = [idle, busy].map((of) =>
      quantile(
        of.map((times) => times[kind]),
        0.5,
      ),
    );
    return { kind, idleMs: alone ?? Number.NaN, busyMs: beside ?? Number.NaN, times: (beside ?? Number.NaN) / (alone ?? Number.NaN) };
  });
  for (const { kind, idleMs, busyMs, times } of figures)
    console.log(
      `${kind.padEnd(26)} p99 idle ${idleMs.toFixed(1)} ms, beside two solves ${busyMs.toFixed(1)} ms, ${times.toFixed(2)} times`,
    );
  expect(figures.filter(({ times }) => !(times < mostTimesIdle))).toEqual([]);
});
