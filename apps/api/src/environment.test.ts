import { describe, expect, it } from "vitest";
import { readEnvironment } from "./environment.ts";

const DATABASE_URL = "postgres://localhost/headroom";

describe("readEnvironment", () => {
  it.each(["127.0.0.1", "127.1.2.3", "::1", "localhost"])("lets the server listen on %s", (HOST) => {
    expect(readEnvironment({ DATABASE_URL, HOST }).HOST).toBe(HOST);
  });

  it.each(["0.0.0.0", "::", "192.168.1.10", "headroom.example", "127.0.0.1.example", ""])(
    "refuses %s, which others could reach",
    (HOST) => {
      expect(() => readEnvironment({ DATABASE_URL, HOST })).toThrow(/HOST must be a loopback address/);
    },
  );

  it("names every variable that is wrong", () => {
    expect(() => readEnvironment({ PORT: "x", HEADROOM_SOLVER_THREADS: "0" })).toThrow(
      /PORT[\s\S]*DATABASE_URL[\s\S]*HEADROOM_SOLVER_THREADS/,
    );
  });
});
