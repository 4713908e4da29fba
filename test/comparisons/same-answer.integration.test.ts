import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { frontierDocument, scenariosDocument } from "@headroom/core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildBundles, openStage, type Running, type Stage } from "../chaos/processes.ts";
import { planRequest } from "../chaos/requests.ts";

const bin = fileURLToPath(new URL("../../apps/cli/bin/headroom.mjs", import.meta.url));

let stage: Stage;
let api: Running;
beforeAll(async () => {
  await buildBundles();
  stage = await openStage();
  const database = await stage.start("database");
  api = await stage.start("api", { DATABASE_URL: database.ready, PORT: "0" });
});
afterAll(() => stage.clear());

const answersOf = (args: readonly string[], requests: readonly object[]) => {
  const input = requests.map((request) => JSON.stringify(request)).join("\n");
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args, "-"], { input, encoding: "utf8" });
  return {
    status,
    stderr,
    answers: stdout
      .trimEnd()
      .split("\n")
      .map((line) => withoutChance(JSON.parse(line))),
  };
};

/** What differs between two solves of the same question: the ids of plans, and how long they took. */
const withoutChance = (answer: {
  readonly plans?: readonly { readonly plan: object }[];
  readonly error?: { readonly errors: unknown };
}) => {
  if (answer.error) return { errors: answer.error.errors };
  if (!answer.plans) return answer;
  const same = ({ plan, ...named }: { readonly plan: object & { readonly proof?: object } }) => ({
    ...named,
    plan: { ...plan, id: "plan", proof: { ...plan.proof, seconds: 0 } },
  });
  return { ...answer, plans: answer.plans.map(same) };
};

const plan = planRequest("compared");
const wrong = { plan, axis: "spot-share", values: [0, 2] };

it.each([
  {
    command: "frontier",
    document: frontierDocument,
    requests: [{ plan, axis: "commitment" }, wrong, { plan, axis: "latency-target", values: [1, 3] }],
  },
  { command: "scenarios", document: scenariosDocument, requests: [{ plan }, { plan, demandP90Factor: 0 }] },
])("headroom $command answers a batch alike on this machine and from a server, bad lines too", ({ command, document, requests }) => {
  const here = answersOf([command], requests);
  expect({ status: here.status, stderr: here.stderr }).toEqual({ status: 2, stderr: "" });
  expect(here.answers).toHaveLength(requests.length);
  const isAnswer = (answer: object): boolean => document.safeParse(answer).success;
  expect(here.answers.map(isAnswer)).toEqual(requests.map((request) => request !== wrong && !("demandP90Factor" in request)));
  expect(answersOf([command, "--server", api.ready], requests)).toEqual(here);
});
