import { headroomClient } from "@headroom/client";
import { describe, expect, it } from "vitest";
import { serverMeasurementsDoor } from "./measurements-door.ts";

const serverOf = (...bodies: unknown[]) => {
  const asked: string[] = [];
  const fetch = async (url: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const { pathname, search } = new URL(String(url));
    asked.push(`${init.method} ${pathname}${search}`);
    const body = bodies.shift();
    return body === undefined ? new Response(null, { status: 204 }) : Response.json(body);
  };
  return { door: serverMeasurementsDoor(headroomClient({ baseUrl: "http://headroom.test", fetch })), asked };
};

describe("measurements on a server", () => {
  it("go to it as they were read, and are removed by id", async () => {
    const { door, asked } = serverOf({ measurements: [], alreadyThere: 0, refused: [] });
    expect(await door.import({ any: "thing" })).toMatchObject({ ok: true });
    expect(await door.remove("measurement_1")).toEqual({ ok: true, value: undefined });
    expect(asked).toEqual(["POST /v1/measurements", "DELETE /v1/measurements/measurement_1"]);
  });

  it("are listed page after page, to the last", async () => {
    const run = (id: string) => ({ id, importedAt: "2026-07-30T00:00:00.000Z" });
    const { door, asked } = serverOf({ items: [run("a"), run("b")], next: "more" }, { items: [run("c")] });
    expect(await door.list()).toEqual({ ok: true, value: [{ id: "a" }, { id: "b" }, { id: "c" }] });
    expect(asked).toEqual(["GET /v1/measurements?limit=200", "GET /v1/measurements?cursor=more&limit=200"]);
  });
});
