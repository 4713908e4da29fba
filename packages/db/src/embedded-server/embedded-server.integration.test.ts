import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type EmbeddedServer, openEmbeddedServer } from "./index.ts";

let dataDirectory: string;
beforeEach(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), "headroom-embedded-"));
  await chmod(dataDirectory, 0o755);
});
afterEach(() => rm(dataDirectory, { recursive: true, force: true }));

const open = (durability: "durable" | "scratch" = "scratch"): Promise<EmbeddedServer> => openEmbeddedServer({ dataDirectory, durability });

const ask = async (server: EmbeddedServer, statement: string): Promise<readonly postgres.Row[]> => {
  const client = postgres(server.url("postgres"), { max: 1, connect_timeout: 2, onnotice: () => {} });
  try {
    return await client.unsafe(statement);
  } finally {
    await client.end({ timeout: 1 });
  }
};

const pidFile = (): string => join(dataDirectory, "postgres", "postmaster.pid");
const postmaster = async (): Promise<number> => Number((await readFile(pidFile(), "utf8")).split("\n")[0]);

describe("openEmbeddedServer", () => {
  it("gives two that start at once on an empty folder the same server, and stops it with the last", async () => {
    const [first, second] = await Promise.all([open(), open()]);
    expect(second.url("x")).toBe(first.url("x"));
    await Promise.all([first.createDatabase("headroom"), second.createDatabase("headroom")]);
    await first.close();
    expect(await ask(second, "select 1 as one")).toEqual([{ one: 1 }]);
    await second.close();
    await second.ended;
    await expect(ask(second, "select 1")).rejects.toThrow();
  });

  it("keeps what was written, and fsync, over a restart", async () => {
    const before = await open("durable");
    await ask(before, "create table kept (n int)");
    await before.close();
    const after = await open("durable");
    expect(await ask(after, "select count(*)::int as rows from kept")).toEqual([{ rows: 0 }]);
    expect(await ask(after, "show fsync")).toEqual([{ fsync: "on" }]);
    await after.close();
  });

  it("recovers a server that was killed, and tells its users that it went away", async () => {
    const before = await open("durable");
    await ask(before, "create table kept (n int)");
    process.kill(await postmaster(), "SIGKILL");
    await before.ended;
    const after = await open("durable");
    expect(await ask(after, "select count(*)::int as rows from kept")).toEqual([{ rows: 0 }]);
    await after.close();
  });

  it("is not misled by a pid file that by now names another program", async () => {
    await (await open()).close();
    await writeFile(pidFile(), `${process.pid}\n${join(dataDirectory, "postgres")}\n0\n1\n\n127.0.0.1\n\nready\n`);
    const server = await open();
    expect(await ask(server, "select 1 as one")).toEqual([{ one: 1 }]);
    await server.close();
  });

  it("keeps its password where only we can read it, and lets nobody in without", async () => {
    const server = await open();
    expect((await stat(join(dataDirectory, "postgres-password"))).mode & 0o777).toBe(0o600);
    const url = new URL(server.url("postgres"));
    url.password = "wrong";
    const stranger = postgres(url.href, { max: 1, connect_timeout: 2 });
    await expect(stranger`select 1`).rejects.toThrow(/authentication failed/);
    await stranger.end({ timeout: 1 });
    await server.close();
  });

  it.runIf(process.getuid?.() === 0)("names DATABASE_URL where the server's account cannot reach the folder", async () => {
    const closed = join(dataDirectory, "closed");
    await mkdir(closed, { mode: 0o700 });
    await expect(openEmbeddedServer({ dataDirectory: join(closed, "data"), durability: "durable" })).rejects.toThrow(
      /HEADROOM_DATA_DIR.*DATABASE_URL/,
    );
  });
});
