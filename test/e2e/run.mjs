// The dashboard in a real browser, against everything that npm start serves: its own ports, its own empty database.
import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findBrowser } from "./browser.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

const runPlaywright = (env) =>
  new Promise((resolve, reject) => {
    const cli = createRequire(import.meta.url).resolve("@playwright/test/cli");
    const args = [cli, "test", "-c", join(here, "playwright.config.ts"), ...process.argv.slice(2)];
    const child = spawn(process.execPath, args, { stdio: "inherit", env: { ...process.env, ...env } });
    for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => child.kill(signal));
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });

const main = async () => {
  const browser = await findBrowser();
  if (!browser) {
    console.log("skipped: no browser starts. Install Chromium, or set HEADROOM_CHROMIUM to one, or run: npx playwright install chromium");
    return process.env.HEADROOM_REQUIRE_BROWSER === "1" ? 1 : 0;
  }
  const dataDirectory = mkdtempSync(join(tmpdir(), "headroom-e2e-"));
  // The embedded PostgreSQL may run as another user, who must be able to walk in.
  chmodSync(dataDirectory, 0o755);
  try {
    return await runPlaywright({
      HEADROOM_CHROMIUM: browser,
      HEADROOM_API_PORT: String(await freePort()),
      HEADROOM_DASHBOARD_PORT: String(await freePort()),
      HEADROOM_DATA_DIR: dataDirectory,
      LOG_LEVEL: "warn",
      // A database of its own, whatever the surroundings name.
      DATABASE_URL: undefined,
    });
  } finally {
    rmSync(dataDirectory, { recursive: true, force: true });
  }
};

process.exitCode = await main();
