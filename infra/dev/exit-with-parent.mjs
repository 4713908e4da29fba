/** Loaded into every process that `npm start` runs: when the starter is killed, its end of this pipe closes. */
process.stdin.on("close", () => process.kill(process.pid, "SIGTERM"));
process.stdin.resume();
