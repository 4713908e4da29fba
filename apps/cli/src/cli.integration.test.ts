import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const bin = fileURLToPath(new URL("../bin/headroom.mjs", import.meta.url));
const knowledgeBase = fileURLToPath(new URL("../../../test/golden/knowledge-base/request.json", import.meta.url));

const headroom = (args: readonly string[], input = "") => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], { input, encoding: "utf8" });
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

  it("says that no server answers, on standard error", () => {
    const { status, stderr, answers } = headroom(["memory", "--server", "http://127.0.0.1:9", "-"], '{"model": {"id": "deepseek-v3"}}\n');
    expect({ status, answers }).toEqual({ status: 1, answers: [""] });
    expect(stderr).toContain("the server did not answer");
  });
});
