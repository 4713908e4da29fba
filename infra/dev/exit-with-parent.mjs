/** Loaded into every process that `npm start` runs: when the starter is killed, its end of this pipe closes. */
import { isMainThread } from "node:worker_threads";

// A worker thread loads this too, and its standard input is closed from the first.
if (isMainThread) {
  process.stdin.on("close", () => process.kill(process.pid, "SIGTERM"));
  process.stdin.resume();
}
