import { readdir, readFile } from "node:fs/promises";

/** What Linux tells of a process. */
export const hasProcessFigures = process.platform === "linux";

/** Threads that are behind all others: of our servers only those that solve. */
export const solverThreadsOf = async (pid: number): Promise<number> => {
  const threads = await readdir(`/proc/${pid}/task`);
  const nices = await Promise.all(threads.map(async (thread) => (await statOf(`/proc/${pid}/task/${thread}`))[niceField]));
  return nices.filter((nice) => Number(nice) > 0).length;
};

/** Resident, in MiB. */
export const memoryMibOf = async (pid: number): Promise<number> => {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
};

/** Of all its threads since it began, in hundredths of a second. */
export const workOf = async (pid: number): Promise<number> => {
  const fields = await statOf(`/proc/${pid}`);
  return Number(fields[userTimeField]) + Number(fields[systemTimeField]);
};

/** Places in what follows the name, which may hold spaces itself. */
const [userTimeField, systemTimeField, niceField] = [11, 12, 16];

/** Nothing where the thread has just ended. */
const statOf = async (folder: string): Promise<readonly string[]> => {
  const text = await readFile(`${folder}/stat`, "utf8").catch(() => "");
  return text.slice(text.lastIndexOf(")") + 2).split(" ");
};
