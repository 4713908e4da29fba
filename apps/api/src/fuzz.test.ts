import { problem } from "@headroom/client";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bodiesOf } from "./fakes/arbitrary-body.ts";
import { fakeApp } from "./fakes/fake-app.ts";
import { mutationsOf } from "./fakes/mutated-body.ts";
import { validBodies } from "./fakes/valid-bodies.ts";
import type { Operation } from "./http/operation.ts";

const { send, operations } = fakeApp();
const posts = operations.filter(({ method }) => method === "post" || method === "put");

const slowestMs = 2000;

/** What every answer must be, whatever was sent. */
const check = async ({ method, path, answers }: Operation, body: string): Promise<void> => {
  const started = performance.now();
  const response = await send(method.toUpperCase(), path.replace("{id}", "plan_1"), body);
  const text = await response.text();
  const what = `${method} ${path} ${body.slice(0, 1000)} answered ${response.status} ${text.slice(0, 500)}`;
  expect(performance.now() - started, what).toBeLessThan(slowestMs);
  expect(response.status, what).toBeLessThan(500);
  expect(text, what).not.toMatch(/\bat .*\.ts:\d+|node_modules/);
  if (response.ok) {
    expect(answers[response.status]?.schema?.safeParse(JSON.parse(text)).error, what).toBeUndefined();
    return;
  }
  expect(response.headers.get("content-type"), what).toBe("application/problem+json");
  const refusal = problem.parse(JSON.parse(text));
  expect(refusal.status, what).toBe(response.status);
  if (response.status === 422) expect(refusal.errors?.length, what).toBeGreaterThan(0);
};

const deep = (depth: number): string => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;

const manyFields = (count: number): string =>
  JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, index) => [`f${index}`, 1])));

const hostileBodies = [
  { name: "nothing", body: "" },
  { name: "a bare NaN", body: "NaN" },
  { name: "NaN in a field", body: '{"model":NaN}' },
  { name: "Infinity", body: '{"model":Infinity}' },
  { name: "a number beyond all numbers", body: '{"model":{"config":{"hidden_size":1e309}}}' },
  { name: "minus zero", body: '{"model":{"config":{"hidden_size":-0}}}' },
  { name: "an array", body: "[]" },
  { name: "null", body: "null" },
  { name: "a text", body: '"x"' },
  { name: "depth 10,000", body: deep(10_000) },
  { name: "depth 10,000 of arrays", body: "[".repeat(10_000) + "]".repeat(10_000) },
  { name: "a config of depth 100", body: `{"model":{"config":${deep(100)}}}` },
  { name: "__proto__", body: '{"__proto__":{"polluted":true}}' },
  { name: "__proto__ in a config", body: '{"model":{"config":{"__proto__":{"model_type":"llama"}}}}' },
  { name: "constructor", body: '{"constructor":{"prototype":{"polluted":true}}}' },
  { name: "a service named toString", body: '{"services":[{"name":"toString"}]}' },
  { name: "U+0000", body: '{"name":"a\\u0000b"}' },
  { name: "half a surrogate pair", body: '{"name":"\\ud800"}' },
  { name: "a name with U+0000", body: '{"a\\u0000":1}' },
  { name: "doubled keys", body: '{"services":1,"services":[]}' },
  { name: "a byte order mark", body: "\ufeff{}" },
  { name: "CRLF and marks of direction", body: '{"name":"\\r\\nSet-Cookie: x\\u202e"}' },
  { name: "a megabyte of one text", body: JSON.stringify({ name: "x".repeat(1_000_000) }) },
  { name: "a hundred thousand services", body: JSON.stringify({ services: Array.from({ length: 100_000 }, () => ({})) }) },
  { name: "too many unknown fields", body: manyFields(80_000) },
  { name: "nearly too many unknown fields", body: manyFields(10_000) },
  { name: "a comment", body: "{/**/}" },
  { name: "two documents", body: "{}{}" },
];

const seeds = await validBodies();
const sampled = { seed: 20_260_730, numRuns: 250 };

describe.each(posts.map((operation) => ({ name: `${operation.method} ${operation.path}`, operation })))("$name", ({ operation }) => {
  it.each(hostileBodies)("withstands $name", async ({ body }) => {
    await check(operation, body);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it("withstands any JSON", () =>
    fc.assert(
      fc.asyncProperty(fc.json({ maxDepth: 6 }), (body) => check(operation, body)),
      sampled,
    ));

  it.each(operation.body ? [operation.body] : [])("withstands every body that its schema describes", (schema) =>
    fc.assert(
      fc.asyncProperty(bodiesOf(schema), (body) => check(operation, JSON.stringify(body))),
      sampled,
    ),
  );

  it.each(seeds[operation.path] ?? [])("withstands a right body with wrong parts (%#)", (seed) =>
    fc.assert(
      fc.asyncProperty(mutationsOf(seed), (body) => check(operation, JSON.stringify(body))),
      sampled,
    ),
  );
});
