import { join } from "node:path";
import { build } from "./build.mjs";
import { choosePort } from "./ports.mjs";
import { processGroup } from "./processes.mjs";
import { root } from "./run.mjs";

const host = "127.0.0.1";

/** Every server announces itself with one line on stdout: `ready <address>`. */
const announced = (line) => (line.startsWith("ready ") ? line.slice("ready ".length) : undefined);

/** Builds and serves everything: database, API, worker and dashboard. */
export const start = async () => {
  const code = await build();
  if (code !== 0) return code;
  return serve({ dashboard: (port) => ["start", "--hostname", host, "--port", String(port)] });
};

/** The same with the dashboard rebuilding itself on every change. */
export const dev = async () => {
  const code = await build();
  if (code !== 0) return code;
  return serve({ dashboard: (port) => ["dev", "--hostname", host, "--port", String(port)] });
};

const serve = async ({ dashboard }) => {
  const processes = processGroup();
  try {
    const apiPort = await choosePort("HEADROOM_API_PORT", 4310);
    const dashboardPort = await choosePort("HEADROOM_DASHBOARD_PORT", 4320);
    const databaseUrl =
      process.env.DATABASE_URL ?? (await processes.start("database", ["packages/db/dist/database-server.mjs"], { ready: announced }));
    const env = { DATABASE_URL: databaseUrl };
    const api = await processes.start("api", ["apps/api/dist/main.mjs"], {
      env: { ...env, HOST: host, PORT: String(apiPort) },
      ready: announced,
    });
    await processes.start("worker", ["apps/worker/dist/main.mjs"], { env, ready: announced });
    const next = join(root, "apps", "dashboard", "node_modules", "next", "dist", "bin", "next");
    const [command, ...rest] = dashboard(dashboardPort);
    await processes.start("dashboard", [next, command, join(root, "apps", "dashboard"), ...rest], {
      env: { HEADROOM_API_URL: api },
      ready: (line) => (/ready/i.test(line) ? line : undefined),
    });
    console.log(
      `\nHeadroom is ready\n  dashboard  http://${host}:${dashboardPort}\n  API        ${api}  (reference: ${api}/docs)\n\nCtrl+C stops it.`,
    );
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    await processes.stop();
    return 1;
  }
  await processes.untilStopped();
  return process.exitCode ?? 0;
};
