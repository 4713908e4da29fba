import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { environment, root } from "./run.mjs";

const exitWithParent = new URL("exit-with-parent.mjs", import.meta.url).href;

/** How long a process may take to stop before it is killed. */
const graceMs = 10_000;

/**
 * Starts long-running processes and stops them all, last first, when one dies or the terminal says so.
 * Each is spawned directly, no shell and no package runner between, so that signals arrive.
 */
export const processGroup = () => {
  const children = [];
  let stopping;

  const stop = () => {
    stopping ??= (async () => {
      for (const child of children.toReversed()) await stopOne(child);
    })();
    return stopping;
  };

  const start = (name, args, { env = {}, ready } = {}) =>
    new Promise((resolve, reject) => {
      // Apart from the terminal's process group: Ctrl+C reaches this process alone, which stops the others in order.
      const child = spawn(process.execPath, ["--import", exitWithParent, ...args], {
        cwd: root,
        env: { ...environment, ...env },
        stdio: ["pipe", "pipe", "inherit"],
        detached: true,
      });
      children.push({ name, child });
      child.once("error", reject);
      child.once("exit", (code) => {
        reject(new Error(`${name} stopped with code ${code} before it was ready`));
        if (!stopping) {
          console.error(`${name} stopped with code ${code}; stopping the rest`);
          process.exitCode = 1;
          stop();
        }
      });
      createInterface({ input: child.stdout }).on("line", (line) => {
        const answer = ready?.(line);
        if (answer === undefined) console.log(`${name}: ${line}`);
        else resolve(answer);
      });
    });

  const untilStopped = () => Promise.all(children.map(({ child }) => exited(child)));

  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, stop);
  return { start, stop, untilStopped };
};

const exited = (child) =>
  child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : new Promise((resolve) => child.once("exit", resolve));

const stopOne = async ({ child }) => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), graceMs);
  await exited(child);
  clearTimeout(timer);
};
