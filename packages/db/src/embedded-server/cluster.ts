import { execFile } from "node:child_process";
import { access, chown, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { PostgresBinaries } from "./binaries.ts";
import type { ServerUser } from "./server-user.ts";

/** "scratch" forgoes the disk's promise to keep what was written, which a test's database does not need. */
export type Durability = "durable" | "scratch";

/** The files of one PostgreSQL server and how to run it. */
export interface Cluster {
  readonly directory: string;
  readonly password: string;
  readonly binaries: PostgresBinaries;
  readonly user: ServerUser;
  readonly durability: Durability;
}

export const superuser = "headroom";

const environment = { ...process.env, LC_ALL: "C", LC_MESSAGES: "C", TZ: "UTC" };

/** Makes the cluster beside its place and moves it there whole, so that a half-made one is never found. */
export const createCluster = async (cluster: Cluster): Promise<void> => {
  const draft = await mkdtemp(`${cluster.directory}-`);
  const passwordFile = `${draft}.password`;
  try {
    await writeFile(passwordFile, `${cluster.password}\n`, { mode: 0o600 });
    await own(passwordFile, cluster.user);
    const login = [`--username=${superuser}`, "--auth=scram-sha-256", `--pwfile=${passwordFile}`];
    const text = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
    await own(draft, cluster.user);
    await runAs(cluster, cluster.binaries.initdb, [`--pgdata=${draft}`, "--no-instructions", ...login, ...text, ...syncFlags(cluster)]);
    await rename(draft, cluster.directory);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!(await exists(cluster))) throw error;
  } finally {
    await rm(passwordFile, { force: true });
  }
};

export const exists = ({ directory }: Cluster): Promise<boolean> =>
  access(join(directory, "PG_VERSION")).then(
    () => true,
    () => false,
  );

const syncFlags = ({ durability }: Cluster): string[] => (durability === "scratch" ? ["--no-sync"] : []);

const own = async (path: string, { uid, gid }: ServerUser): Promise<void> => {
  if (uid !== undefined && gid !== undefined) await chown(path, uid, gid);
};

/** Runs a PostgreSQL program as the server's account; rejects with what it said. */
export const runAs = ({ user }: Cluster, file: string, args: readonly string[]): Promise<void> =>
  new Promise((resolve, reject) => {
    execFile(file, args, { ...user, env: environment, cwd: tmpdir() }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${basename(file)} failed: ${(stderr || stdout || error.message).trim()}`));
      else resolve();
    });
  });
