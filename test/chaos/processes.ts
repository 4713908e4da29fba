import { type ChildProcess, execFile, spawn } from "node:child_process";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../..", import.meta.url));

type Environment = Readonly<Record<string, string>>;

/** Makes a server or a worker solve this much later than it would. */
export const slowedBy = (ms: number): Environment => ({
  HEADROOM_SOLVER_MODULE: join(root, "test", "chaos", "slow-solver-thread.mjs"),
  HEADROOM_CHAOS_SOLVER: pathToFileURL(join(root, "apps", "api", "dist", "solver-thread.mjs")).href,
  HEADROOM_CHAOS_DELAY_MS: String(ms),
});

/** Lets a solver thread of a server or a worker have so much memory, and one whose request is called hungry want more. */
export const hungryAbove = (mib: number): Environment => ({
  ...slowedBy(0),
  HEADROOM_SOLVER_MODULE: join(root, "test", "chaos", "hungry-solver-thread.mjs"),
  HEADROOM_SOLVER_MEMORY_MIB: String(mib),
});

const bundles = {
  database: "packages/db/dist/database-server.mjs",
  api: "apps/api/dist/main.mjs",
  worker: "apps/worker/dist/main.mjs",
} as const;

/** A process of ours, known by its pid and ended by it alone. */
export interface Running {
  readonly pid: number;
  readonly ready: string;
  readonly kill: () => Promise<void>;
  /** Asks it to stop and answers its exit code. */
  readonly stop: () => Promise<number | null>;
}

export interface Stage {
  /** Starts a bundle and waits for its `ready` line; rejects with what it said where it stops before. */
  readonly start: (bundle: keyof typeof bundles, environment?: Environment) => Promise<Running>;
  readonly dataDirectory: string;
  /** Ends whatever still runs, a database that lost its owner too, and removes its files. */
  readonly clear: () => Promise<void>;
}

/** Everything a test starts, in a folder of its own. */
export const openStage = async (): Promise<Stage> => {
  const dataDirectory = await mkdtemp(join(tmpdir(), "headroom-chaos-"));
  await chmod(dataDirectory, 0o755);
  const children: ChildProcess[] = [];
  const start: Stage["start"] = (bundle, environment = {}) => {
    const child = spawn(process.execPath, [bundles[bundle]], {
      cwd: root,
      env: { ...process.env, HEADROOM_DATA_DIR: dataDirectory, LOG_LEVEL: "warn", ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    children.push(child);
    return untilReady(child);
  };
  const clear = async (): Promise<void> => {
    for (const child of children.toReversed()) await ended(child, "SIGTERM");
    await stopOrphan(join(dataDirectory, "postgres", "postmaster.pid"));
    await rm(dataDirectory, { recursive: true, force: true });
  };
  return { start, dataDirectory, clear };
};

/** A server that outlived its owner says in its pid file who it is; the file goes with it. */
const stopOrphan = async (pidFile: string): Promise<void> => {
  const pid = async (): Promise<number | undefined> => {
    const text = await readFile(pidFile, "utf8").catch(() => undefined);
    return text === undefined ? undefined : Number(text.split("\n")[0]);
  };
  const orphan = await pid();
  if (orphan === undefined) return;
  process.kill(orphan, "SIGINT");
  await until(async () => ((await pid()) === undefined ? true : undefined));
};

const untilReady = (child: ChildProcess): Promise<Running> =>
  new Promise((resolve, reject) => {
    let said = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-4000);
    });
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`it stopped with code ${code} before it was ready: ${said}`)));
    if (!child.stdout) throw new Error("its output is piped");
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (!line.startsWith("ready ")) return;
      const kill = async (): Promise<void> => {
        await ended(child, "SIGKILL");
      };
      resolve({ pid: child.pid ?? 0, ready: line.slice("ready ".length), kill, stop: () => ended(child, "SIGTERM") });
    });
  });

const ended = (child: ChildProcess, signal: "SIGTERM" | "SIGKILL"): Promise<number | null> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve(child.exitCode);
    child.once("exit", resolve);
    child.kill(signal);
  });

const run = promisify(execFile);

/** The bundles as the sources now are. */
export const buildBundles = async (): Promise<void> => {
  for (const folder of ["packages/db", "apps/api", "apps/worker"]) await run(process.execPath, ["build.mjs"], { cwd: join(root, folder) });
};

export const until = async <T>(find: () => Promise<T | undefined>, withinMs = 60_000): Promise<T> => {
  const deadline = Date.now() + withinMs;
  while (Date.now() < deadline) {
    const found = await find();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`it did not come to pass within ${withinMs} ms`);
};
