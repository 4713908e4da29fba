import { realpath } from "node:fs/promises";
import postgres from "postgres";
import { type Cluster, superuser } from "./cluster.ts";
import type { PidFile } from "./running-server.ts";

/** Every process that uses the embedded server holds this lock, shared; whoever can have it alone is the last. */
const usersLock = "7310022";

/** A session on the server that says "in use" for as long as this process lives, however it ends. */
export interface Membership {
  readonly port: number;
  readonly leave: () => Promise<"others-remain" | "was-last">;
  /** Ends when the server ends the session: it was stopped or it crashed. */
  readonly ended: Promise<void>;
}

/** Joins the server that the pid file names; undefined where nothing answers there, or somebody else's server. */
export const join = async (cluster: Cluster, { port }: PidFile): Promise<Membership | undefined> => {
  let announceEnd = () => {};
  const ended = new Promise<void>((resolve) => {
    announceEnd = resolve;
  });
  const client = postgres(addressOf(cluster, port, "postgres"), {
    max: 1,
    connect_timeout: 5,
    idle_timeout: 0,
    max_lifetime: null,
    onnotice: () => {},
    onclose: () => announceEnd(),
  });
  try {
    const session = await client.reserve();
    const [row] = await session<{ directory: string }[]>`select current_setting('data_directory') as directory`;
    if (row?.directory !== (await realpath(cluster.directory))) throw new Error("another server has the port");
    await session`select pg_advisory_lock_shared(${usersLock})`;
    return { port, ended, leave: () => leave(client, session) };
  } catch {
    await client.end({ timeout: 1 });
    return undefined;
  }
};

/** While the last user holds the lock alone, a newcomer waits for it, loses its session with the server, and starts anew. */
const leave = async (client: postgres.Sql, session: postgres.ReservedSql): Promise<"others-remain" | "was-last"> => {
  await session`select pg_advisory_unlock_shared(${usersLock})`;
  const [row] = await session<{ last: boolean }[]>`select pg_try_advisory_lock(${usersLock}) as last`;
  if (row?.last) return "was-last";
  session.release();
  await client.end({ timeout: 1 });
  return "others-remain";
};

export const addressOf = ({ password }: Cluster, port: number, database: string): string =>
  `postgres://${superuser}:${password}@127.0.0.1:${port}/${database}`;
