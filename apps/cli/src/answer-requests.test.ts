import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { answerRequests } from "./answer-requests.ts";
import type { Door } from "./doors.ts";

const folder = mkdtempSync(join(tmpdir(), "headroom-cli-"));

const fileOf = (name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

const echo: Door = async (request) => ({ ok: true, value: { got: request } });

const refusal = { ok: false, kind: "problem", problem: { type: "/problems/invalid-request", title: "No", status: 422 } } as const;

const call = async (file: string, answer: Door = echo) => {
  const printed: string[] = [];
  const warned: string[] = [];
  const exitCode = await answerRequests({
    file,
    answer,
    render: (document) => `text of ${JSON.stringify(document)}`,
    print: (line) => printed.push(line),
    warn: (line) => warned.push(line),
  });
  return { exitCode, printed, warned };
};

describe("answering requests", () => {
  it("renders the answer of a document", async () => {
    expect(await call(fileOf("one.json", "\n{ }\n"))).toEqual({ exitCode: 0, printed: ['text of {"got":{}}'], warned: [] });
  });

  it("answers a batch line for line, in order, as JSON", async () => {
    const { exitCode, printed } = await call(fileOf("three.jsonl", '1\n\n"two"\r\n[3]'));
    expect(printed).toEqual(['{"got":1}', '{"got":"two"}', '{"got":[3]}']);
    expect(exitCode).toBe(0);
  });

  it("goes on after a line that is no JSON, and after one that is refused", async () => {
    const { exitCode, printed } = await call(fileOf("bad.jsonl", "{oops\n1\n2"), async (request) =>
      request === 1 ? refusal : { ok: true, value: request },
    );
    expect(printed.map((line) => JSON.parse(line).error?.type ?? "answered")).toEqual([
      "/problems/malformed-json",
      "/problems/invalid-request",
      "answered",
    ]);
    expect(exitCode).toBe(2);
  });

  it("stops where the server is silent, and says so beside the answers", async () => {
    const silent: Door = async () => ({ ok: false, kind: "network", detail: "connect ECONNREFUSED" });
    const { exitCode, printed, warned } = await call(fileOf("silent.jsonl", "1\n2"), silent);
    expect({ exitCode, printed }).toEqual({ exitCode: 1, printed: [] });
    expect(warned).toEqual(["the server did not answer: connect ECONNREFUSED"]);
  });
});
