import { headroomClient } from "@headroom/client";
import { describe, expect, it } from "vitest";
import { commandNames } from "./doors.ts";
import { serverDoors } from "./server-doors.ts";

describe("asking a server", () => {
  it.each([
    ["memory", "POST /v1/memory-estimates"],
    ["performance", "POST /v1/performance-estimates"],
    ["training", "POST /v1/training-estimates"],
    ["mix", "POST /v1/mixes"],
    ["plan", "POST /v1/plans"],
    ["frontier", "POST /v1/frontiers"],
    ["scenarios", "POST /v1/scenarios"],
    ["verify", "POST /v1/verifications"],
    ["offers", "GET /v1/offers"],
  ] as const)("sends %s to %s and answers what comes back", async (name, operation) => {
    const asked: string[] = [];
    const answering: typeof fetch = async (url, init) => {
      asked.push(`${init?.method} ${new URL(String(url)).pathname}`);
      return Response.json({ said: "yes" }, { status: 200 });
    };
    const answer = await serverDoors(headroomClient({ baseUrl: "http://headroom.test", fetch: answering }))[name]({});
    expect(asked).toEqual([operation]);
    expect(answer.ok).toBe(true);
  });

  it("has a door for every command", () => {
    expect(Object.keys(serverDoors(headroomClient({ baseUrl: "http://headroom.test" })))).toEqual([...commandNames]);
  });

  it("hands a refusal on as the server worded it", async () => {
    const problem = { type: "/problems/invalid-request", title: "No", status: 422, errors: [{ pointer: "/model", detail: "is missing" }] };
    const refusing: typeof fetch = async () => Response.json(problem, { status: 422 });
    expect(await serverDoors(headroomClient({ baseUrl: "http://headroom.test", fetch: refusing })).memory({})).toEqual({
      ok: false,
      kind: "problem",
      problem,
    });
  });
});
