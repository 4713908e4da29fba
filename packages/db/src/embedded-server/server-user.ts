import { execFile } from "node:child_process";
import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { EmbeddedServerError } from "./embedded-server-error.ts";

const run = promisify(execFile);

/** The account that PostgreSQL runs as; empty: our own. */
export interface ServerUser {
  readonly uid?: number;
  readonly gid?: number;
}

/** PostgreSQL refuses to run as root, so that root needs an account to hand it to: "postgres", made where it is missing. */
export const serverUser = async (): Promise<ServerUser> => {
  if (process.getuid?.() !== 0) return {};
  const known = await idsOf("postgres");
  if (known) return known;
  await run("groupadd", ["--force", "--system", "postgres"]).catch(() => undefined);
  await run("useradd", ["--system", "--gid", "postgres", "postgres"]).catch(() => undefined);
  const made = await idsOf("postgres");
  if (!made)
    throw new EmbeddedServerError('PostgreSQL does not run as root, and no account "postgres" could be made: start as another user');
  return made;
};

const idsOf = async (name: string): Promise<Required<ServerUser> | undefined> => {
  try {
    const [uid, gid] = await Promise.all(["-u", "-g"].map(async (flag) => Number((await run("id", [flag, name])).stdout)));
    return uid === undefined || gid === undefined ? undefined : { uid, gid };
  } catch {
    return undefined;
  }
};

/** The folder on the way to a path that the account may not pass through, where there is one. */
export const closedFolder = async (path: string, { uid }: ServerUser): Promise<string | undefined> => {
  if (uid === undefined) return undefined;
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    const { mode, uid: owner } = await stat(folder);
    if ((mode & 0o001) === 0 && owner !== uid) return folder;
  }
  return undefined;
};
