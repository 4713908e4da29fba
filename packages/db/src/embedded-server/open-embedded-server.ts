import { mkdir } from "node:fs/promises";
import { join as joinPath } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { findBinaries, reachableBinaries } from "./binaries.ts";
import { type Cluster, createCluster, type Durability, exists } from "./cluster.ts";
import { EmbeddedServerError } from "./embedded-server-error.ts";
import { addressOf, join, type Membership } from "./membership.ts";
import { keptPassword } from "./password.ts";
import { isAlive, readPidFile, removeMisleadingPidFile, startServer, stopServer } from "./running-server.ts";
import { closedFolder, serverUser } from "./server-user.ts";

export interface EmbeddedServer {
  readonly url: (database: string) => string;
  readonly createDatabase: (name: string) => Promise<void>;
  /** Stops the server unless another process uses it. */
  readonly close: () => Promise<void>;
  /** Ends when the server does, by `close` or without us. */
  readonly ended: Promise<void>;
}

export interface EmbeddedServerOptions {
  /** Where the cluster and its password are kept. */
  readonly dataDirectory: string;
  readonly durability: Durability;
}

const deadlineMs = 60_000;

/**
 * Opens the PostgreSQL of a data directory: starts it, or joins the one that runs there already, left by a process that
 * was killed or used by one that still lives. All users are equal, and the last to close stops it.
 *
 *   no pid file, or its process is gone  ─▶ start ─▶ join
 *   its process answers as our server    ─▶ join
 *   its process is another program       ─▶ remove the pid file ─▶ start ─▶ join
 *   it is starting, recovering, stopping ─▶ wait and look again
 */
export const openEmbeddedServer = async (options: EmbeddedServerOptions): Promise<EmbeddedServer> => {
  const cluster = await prepareCluster(options);
  const deadline = Date.now() + deadlineMs;
  for (let problem: unknown; ; await sleep(100)) {
    const pidFile = await readPidFile(cluster);
    const membership = pidFile && (await join(cluster, pidFile));
    if (membership) return serverOf(cluster, membership);
    if (Date.now() > deadline) throw unusable(cluster, problem);
    if (pidFile && isAlive(pidFile.pid)) await removeMisleadingPidFile(cluster, pidFile);
    else {
      // Another process may have started the server in the meantime; the next round finds out.
      await startServer(cluster).catch((error: unknown) => {
        problem = error;
      });
    }
  }
};

const prepareCluster = async ({ dataDirectory, durability }: EmbeddedServerOptions): Promise<Cluster> => {
  const directory = joinPath(dataDirectory, "postgres");
  const [found, user] = await Promise.all([findBinaries(), serverUser()]);
  await mkdir(dataDirectory, { recursive: true, mode: 0o755 });
  const closed = await closedFolder(directory, user);
  if (closed !== undefined) {
    throw new EmbeddedServerError(
      `PostgreSQL runs as the account "postgres", which may not pass through ${closed}: set HEADROOM_DATA_DIR to a folder it can reach, or start as another user`,
    );
  }
  const binaries = await reachableBinaries(found, dataDirectory, user);
  const cluster = { directory, binaries, user, durability, password: await keptPassword(dataDirectory) };
  if (!(await exists(cluster))) await createCluster(cluster);
  return cluster;
};

const unusable = ({ directory }: Cluster, problem: unknown): EmbeddedServerError => {
  const why = problem instanceof Error ? `: ${problem.message}` : "";
  return new EmbeddedServerError(`The PostgreSQL in ${directory} did not come up within ${deadlineMs / 1000} s${why}`);
};

const serverOf = (cluster: Cluster, membership: Membership): EmbeddedServer => {
  const url = (database: string): string => addressOf(cluster, membership.port, database);
  return {
    url,
    createDatabase: (name) => createDatabase(url("postgres"), name),
    close: async () => {
      if ((await membership.leave()) === "was-last") await stopServer(cluster);
    },
    ended: membership.ended,
  };
};

/** PostgreSQL's code for a database that is there already. */
const duplicateDatabase = "42P04";

const createDatabase = async (url: string, name: string): Promise<void> => {
  const client = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await client`create database ${client(name)}`;
  } catch (error) {
    if (!(error instanceof postgres.PostgresError) || !isDuplicate(error)) throw error;
  } finally {
    await client.end({ timeout: 5 });
  }
};

/** Two that create it at once collide on the catalogue's unique index (23505) instead. */
const isDuplicate = ({ code }: postgres.PostgresError): boolean => code === duplicateDatabase || code === "23505";
