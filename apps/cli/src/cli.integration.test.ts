import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const bin = fileURLToPath(new URL("../bin/headroom.mjs", import.meta.url));
const knowledgeBase = fileURLToPath(new URL("../../../test/golden/knowledge-base/request.json", import.meta.url));

const headroom = (args: readonly string[], input = "", env: Readonly<Record<string, string>> = {}) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    input,
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  return { status, stderr, answers: stdout.trimEnd().split("\n") };
};

describe("the command line", () => {
  it("reads a batch on standard input, answers in order and ends with 2 for a bad line", () => {
    const memory = { model: { id: "deepseek-v3" } };
    const { status, answers } = headroom(["memory", "-"], `${JSON.stringify(memory)}\n{"model": {"id": "no-such-model"}}\nnot json\n`);
    const [first, second, third] = answers.map((line) => JSON.parse(line));
    expect(first.parameters.total).toBe(671_026_419_200);
    expect(second.error).toMatchObject({ status: 422, errors: [{ pointer: "/model/id" }] });
    expect(third.error).toMatchObject({ status: 400 });
    expect({ status, count: answers.length }).toEqual({ status: 2, count: 3 });
  });

  it("plans a document, and verifies the plan it printed", () => {
    const planned = headroom(["plan", knowledgeBase]);
    expect({ status: planned.status, stderr: planned.stderr }).toEqual({ status: 0, stderr: "" });
    const [plan = ""] = planned.answers;
    expect(JSON.parse(plan)).toMatchObject({ status: "optimal", request: JSON.parse(readFileSync(knowledgeBase, "utf8")) });
    const verified = headroom(["verify", "-"], plan);
    expect(verified).toMatchObject({ status: 0, answers: ['{"holds":true,"violations":[]}'] });
  });

  it("keeps measurements, answers with them, and forgets them", () => {
    const folder = mkdtempSync(join(tmpdir(), "headroom-cli-"));
    const env = { HEADROOM_DATA_DIR: join(folder, "data") };
    const ask = () => {
      const request = {
        model: { id: "llama-3.1-8b" },
        accelerator: { id: "h100" },
        workload: { islTokens: 512, oslTokens: 128, concurrency: 16 },
      };
      return JSON.parse(headroom(["performance", "-"], JSON.stringify(request), env).answers[0] ?? "");
    };
    const before = ask();
    const run = {
      backend: "sglang",
      random_input_len: 512,
      max_concurrency: 16,
      completed: 100,
      total_input_tokens: 51_200,
      total_output_tokens: 12_800,
      output_throughput: before.outputTokensPerSecond * 1.2,
      mean_ttft_ms: before.ttftMs.mean,
      mean_tpot_ms: before.tpotMs.mean * 0.8,
    };
    const file = join(folder, "online.jsonl");
    writeFileSync(
      file,
      `${JSON.stringify({ request_rate: 0, ...run }).replace('"request_rate":0', '"request_rate":Infinity')}\n${JSON.stringify({ ...run, completed: 0 })}\n`,
    );
    const about = ["--model", "meta-llama/Llama-3.1-8B", "--accelerator", "h100-sxm"];
    const imported = headroom(["measurements", "import", file, ...about, "--engine", "vllm"], "", env);
    expect({ status: imported.status, stderr: imported.stderr }).toEqual({ status: 0, stderr: "" });
    const { measurements, refused } = JSON.parse(imported.answers[0] ?? "");
    expect(measurements).toMatchObject([{ source: "sglang-bench", engine: { name: "vllm" }, concurrency: 16 }]);
    expect(refused).toMatchObject([{ row: 2, errors: [{ pointer: "/text/1/completed" }] }]);
    const after = ask();
    expect(after).toMatchObject({ source: "measured", assumptions: { measurements: 1 } });
    expect(after.tpotMs.mean).toBeLessThan(before.tpotMs.mean * 0.85);
    expect(JSON.parse(headroom(["measurements", "list"], "", env).answers[0] ?? "")).toEqual(measurements);
    expect(headroom(["measurements", "remove", measurements[0].id], "", env).status).toBe(0);
    expect(ask()).toEqual(before);
    const wrong = headroom(["measurements", "import", file, "--model", "llama-3.1-8b", "--accelerator", "h999"], "", env);
    expect(wrong.status).toBe(2);
    expect(JSON.parse(wrong.answers[0] ?? "").error.errors[0].pointer).toBe("/accelerator/id");
  });

  it("says that no server answers, on standard error", () => {
    const { status, stderr, answers } = headroom(["memory", "--server", "http://127.0.0.1:9", "-"], '{"model": {"id": "deepseek-v3"}}\n');
    expect({ status, answers }).toEqual({ status: 1, answers: [""] });
    expect(stderr).toContain("the server did not answer");
  });
});
