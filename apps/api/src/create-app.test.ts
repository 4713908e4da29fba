import { problem } from "@headroom/client";
import { sampleRequest } from "@headroom/db/test-database";
import { describe, expect, it } from "vitest";
import { fakeApp } from "./fakes/fake-app.ts";
import { memoryStore } from "./fakes/memory-store.ts";
import { createLifecycle } from "./lifecycle.ts";
import type { Store } from "./store.ts";

const refusalOf = async (response: Response) => {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  return problem.parse(await response.json());
};

const storeWhose = (text: Store["plans"]["text"]): Store => {
  const store = memoryStore();
  return { ...store, plans: { ...store.plans, text } };
};

const json = { "content-type": "application/json" };

describe("refusals", () => {
  const { send } = fakeApp();

  it.each([
    { name: "JSON that does not parse", method: "POST", path: "/v1/plans", body: "{", status: 400 },
    { name: "NaN", method: "POST", path: "/v1/plans", body: '{"name":NaN}', status: 400 },
    { name: "a path that is none", method: "GET", path: "/v2/plans", status: 404 },
    { name: "a plan that is none", method: "GET", path: "/v1/plans/plan_x", status: 404 },
    { name: "an id that nothing can have", method: "GET", path: "/v1/plans/a%00b", status: 404 },
    { name: "a schedule that is none", method: "GET", path: "/v1/plans/plan_x/schedule", status: 404 },
    { name: "a run that is none", method: "GET", path: "/v1/runs/run_x", status: 404 },
    { name: "a catalog that is none", method: "GET", path: "/v1/catalogs/x", status: 404 },
    { name: "a job that is none", method: "DELETE", path: "/v1/jobs/x", status: 404 },
    { name: "a solve again of no plan", method: "POST", path: "/v1/plans/plan_x/runs", status: 404 },
    { name: "a method that the path has not", method: "PATCH", path: "/v1/plans/plan_x", status: 405 },
    { name: "a body over a megabyte", method: "POST", path: "/v1/memory-estimates", body: " ".repeat(1_100_000), status: 413 },
    { name: "a plan in force over 32 MiB", method: "POST", path: "/v1/plans", body: " ".repeat(32 * 2 ** 20 + 1), status: 413 },
    { name: "one to compare with", method: "POST", path: "/v1/frontiers", body: " ".repeat(32 * 2 ** 20 + 1), status: 413 },
    { name: "a measurement that is none", method: "DELETE", path: "/v1/measurements/x", status: 404 },
    { name: "measurements of an unknown chip", method: "GET", path: "/v1/measurements?accelerator=h999", status: 422 },
    { name: "measurements of a model that cannot be", method: "GET", path: "/v1/measurements?model=%00", status: 422 },
    { name: "a page of measurements that is none", method: "GET", path: "/v1/measurements?cursor=x", status: 422 },
    { name: "an unknown filter", method: "GET", path: "/v1/offers?colour=red", status: 422 },
    { name: "a limit beyond 200", method: "GET", path: "/v1/plans?limit=201", status: 422 },
    { name: "a cursor that is none", method: "GET", path: "/v1/plans?cursor=x", status: 422 },
  ])("$status for $name", async ({ method, path, body, status }) => {
    const response = await send(method, path, body);
    expect(response.status).toBe(status);
    expect((await refusalOf(response)).status).toBe(status);
  });

  it("415 for a body that is not called JSON", async () => {
    for (const contentType of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/jsonp"]) {
      expect((await send("POST", "/v1/plans", "{}", { "content-type": contentType })).status).toBe(415);
    }
    for (const contentType of ["application/json; charset=utf-8", "application/vnd.headroom+json"]) {
      expect((await send("POST", "/v1/plans", "{}", { "content-type": contentType })).status).toBe(422);
    }
  });

  it("400 for a body that is not UTF-8", async () => {
    const { app } = fakeApp();
    const response = await app.request("/v1/plans", { method: "POST", headers: json, body: new Uint8Array([0x22, 0xff, 0x22]) });
    expect(await refusalOf(response)).toMatchObject({ status: 400, detail: "is not encoded in UTF-8" });
  });

  it("422 names each wrong field by its pointer, unknown ones too", async () => {
    const request = { ...sampleRequest(), nmae: "x", purchase: { horizonHours: 0 } };
    const { errors, requestId } = await refusalOf(await send("POST", "/v1/plans", request));
    expect(errors?.map(({ pointer }) => pointer).toSorted()).toEqual(["/nmae", "/purchase/horizonHours"]);
    expect(requestId).toMatch(/^[\w-]{36}$/);
  });

  it("405 says what would be allowed", async () => {
    expect((await send("POST", "/v1/plans/plan_x")).headers.get("allow")).toBe("GET, HEAD, DELETE");
  });

  it("409 for a catalog whose id has other content, 200 for the same again", async () => {
    const catalog = { id: "mine", asOf: "2026-07-30", description: "x", instanceTypes: [], offers: [], notForSale: [] };
    expect((await send("POST", "/v1/catalogs", catalog)).status).toBe(201);
    expect((await send("POST", "/v1/catalogs", catalog)).status).toBe(200);
    expect((await send("POST", "/v1/catalogs", { ...catalog, description: "y" })).status).toBe(409);
    expect((await send("POST", "/v1/catalogs", { ...catalog, id: "bundled" })).status).toBe(409);
  });

  it("422 for a catalog that breaks the rules of catalogs", async () => {
    const offer = {
      id: "o",
      provider: "p",
      instanceType: "none",
      region: "r",
      capacityType: "on-demand",
      usdPerInstanceHour: 0,
      trust: "list",
      source: "s",
      date: "2027-01-01",
    };
    const catalog = { id: "mine", asOf: "2026-07-30", description: "x", instanceTypes: [], offers: [offer], notForSale: [] };
    const { errors } = await refusalOf(await send("POST", "/v1/catalogs", catalog));
    expect(errors?.map(({ pointer }) => pointer)).toEqual(["/offers/0/instanceType", "/offers/0/usdPerInstanceHour", "/offers/0/date"]);
  });

  it("422 names the run of a result file that cannot be compared, and its field", async () => {
    const result = { model_id: "mine", completed: 10, total_input_tokens: 1, total_output_tokens: 1, output_throughput: -1 };
    const request = { model: { id: "meta-llama/Llama-3.1-8B" }, accelerator: { id: "h100" }, result: [result] };
    const { errors } = await refusalOf(await send("POST", "/v1/measurements", request));
    expect(errors?.map(({ pointer }) => pointer)).toEqual(["/result/0/output_throughput"]);
  });

  it("500 tells nothing about the code", async () => {
    const { send: sendBroken } = fakeApp({ store: storeWhose(() => Promise.reject(new Error("secret at /home/x.ts:1"))) });
    const response = await sendBroken("GET", "/v1/plans/plan_x");
    expect(response.status).toBe(500);
    expect(JSON.stringify(await refusalOf(response))).not.toContain("secret");
  });

  it("503 while the database is away, and again a success afterwards", async () => {
    let away = true;
    const lost = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
    const get = () =>
      away ? Promise.reject(new Error("Failed query: select … params: secret", { cause: lost })) : Promise.resolve(undefined);
    const { send: sendAway } = fakeApp({ store: storeWhose(get) });
    const response = await sendAway("GET", "/v1/plans/plan_x");
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBe("5");
    away = false;
    expect((await sendAway("GET", "/v1/plans/plan_x")).status).toBe(404);
  });
});

describe("a server without keys", () => {
  it.each(["evil.example", "127.0.0.1.evil.example", "192.168.1.10:4310"])("does not answer to the name %s", async (host) => {
    expect((await fakeApp().send("GET", "/v1/models", undefined, { host })).status).toBe(421);
  });

  it.each(["https://evil.example", "null", "http://localhost.evil.example"])("answers no page of %s", async (origin) => {
    expect((await fakeApp().send("POST", "/v1/plans/plan_x/runs", undefined, { origin })).status).toBe(403);
  });

  it.each(["http://localhost:4320", "http://127.0.0.1:4320", "http://[::1]:4320"])("answers pages of %s", async (origin) => {
    expect((await fakeApp().send("GET", "/v1/models", undefined, { origin })).status).toBe(200);
  });
});

describe("the service routes", () => {
  it("say that the server is ready until it stops", async () => {
    const lifecycle = createLifecycle();
    const { send } = fakeApp({ lifecycle });
    expect((await send("GET", "/readyz")).status).toBe(200);
    lifecycle.stop();
    expect((await send("GET", "/readyz")).status).toBe(503);
    expect((await send("GET", "/healthz")).status).toBe(200);
  });

  it("count requests by route, not by id", async () => {
    const { send } = fakeApp();
    await send("GET", "/v1/plans/plan_secret");
    const figures = await (await send("GET", "/metrics")).text();
    expect(figures).toContain('route="/v1/plans/:id"');
    expect(figures).not.toContain("plan_secret");
    expect(figures).toContain('headroom_solves{state="running"} 0');
  });

  it("answer every problem's type with a page", async () => {
    const { send } = fakeApp();
    const { type } = await refusalOf(await send("GET", "/nowhere"));
    expect(await (await send("GET", type)).text()).toContain("404");
  });

  it("serve a reference that runs no inline script and loads nothing from elsewhere", async () => {
    const { send } = fakeApp();
    const page = await send("GET", "/docs");
    expect(page.headers.get("content-security-policy")).toContain("script-src 'self'");
    const html = await page.text();
    expect(html).not.toMatch(/https?:\/\//);
    expect(html).not.toMatch(/<script>/);
    for (const [, path = ""] of html.matchAll(/(?:src|href)="([^"]+)"/g)) expect((await send("GET", path)).status, path).toBe(200);
  });
});
