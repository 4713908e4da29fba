import { execFile } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { platform } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Cluster, runAs } from "./cluster.ts";

const host = "127.0.0.1";

/** What PostgreSQL writes into postmaster.pid while it runs, and leaves there when it is killed. */
export interface PidFile {
  readonly pid: number;
  readonly port: number;
}

export const readPidFile = async ({ directory }: Cluster): Promise<PidFile | undefined> => {
  const [pid = "", , , port = ""] = (await readFile(pidFileOf(directory), "utf8").catch(() => "")).split("\n");
  return /^\d+$/.test(pid) && /^\d+$/.test(port) ? { pid: Number(pid), port: Number(port) } : undefined;
};

const pidFileOf = (directory: string): string => join(directory, "postmaster.pid");

/**
 * Removes a pid file whose number by now belongs to another program, or to a dead process that nobody has buried:
 * PostgreSQL would take either for a running server and refuse to start. A number that belongs to nobody it handles itself.
 */
export const removeMisleadingPidFile = async ({ directory }: Cluster, { pid }: PidFile): Promise<void> => {
  const program = await programOf(pid);
  if (program !== undefined && (!program.name.includes("postgres") || program.state.startsWith("Z"))) {
    await rm(pidFileOf(directory), { force: true });
  }
};

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
};

const programOf = async (pid: number): Promise<{ name: string; state: string } | undefined> => {
  try {
    if (platform() === "linux") {
      const [, name = "", state = ""] = /\((.*)\) (\S)/s.exec(await readFile(`/proc/${pid}/stat`, "utf8")) ?? [];
      return { name, state };
    }
    const { stdout } = await promisify(execFile)("ps", ["-p", String(pid), "-o", "state=,comm="]);
    const [state = "", ...name] = stdout.trim().split(/\s+/);
    return { name: name.join(" "), state };
  } catch {
    return undefined;
  }
};

/** Starts the server apart from us, so that neither our death nor Ctrl+C reaches it, and waits until it answers. */
export const startServer = async (cluster: Cluster): Promise<void> => {
  const { directory, binaries } = cluster;
  const options = serverOptions(cluster, await freePort()).join(" ");
  const log = join(directory, "server.log");
  await runAs(cluster, binaries.pgCtl, [
    "start",
    "-D",
    directory,
    "-l",
    log,
    "-w",
    "-t",
    "30",
    "-s",
    "-p",
    binaries.postgres,
    "-o",
    options,
  ]);
};

/** Ends every connection, writes everything to disk, and waits for the server to be gone. */
export const stopServer = (cluster: Cluster): Promise<void> =>
  runAs(cluster, cluster.binaries.pgCtl, ["stop", "-D", cluster.directory, "-m", "fast", "-w", "-t", "30", "-s"]);

const serverOptions = ({ durability }: Cluster, port: number): string[] => {
  const settings = {
    listen_addresses: host,
    unix_socket_directories: "",
    max_connections: "100",
    timezone: "UTC",
    log_timezone: "UTC",
    // Statements and rows carry what people plan: they stay out of the log.
    log_min_error_statement: "panic",
    log_error_verbosity: "terse",
    ...(durability === "scratch" ? { fsync: "off", synchronous_commit: "off", full_page_writes: "off" } : {}),
  };
  return ["-p", String(port), ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, host, () => {
      const address = server.address();
      server.close(() =>
        typeof address === "object" && address !== null ? resolve(address.port) : reject(new Error("a listening server has a port")),
      );
    });
  });
