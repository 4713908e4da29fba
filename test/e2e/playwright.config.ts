import { fileURLToPath } from "node:url";
import { defineConfig } from "@playwright/test";
import { addresses } from "./addresses.ts";
import { browserArguments } from "./browser.mjs";

const startMs = 240_000;

export default defineConfig({
  testDir: ".",
  outputDir: "../../test-results",
  // One database and two cores: what runs at once only waits for the other.
  workers: 1,
  // Two cores that do other things as well: what takes seconds alone may take a minute.
  timeout: 180_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  reporter: [["list"], ["./closing-line.ts"]],
  use: {
    baseURL: addresses.dashboard,
    viewport: { width: 1280, height: 900 },
    trace: "retain-on-failure",
    launchOptions: { executablePath: process.env.HEADROOM_CHROMIUM, args: [...browserArguments] },
  },
  webServer: {
    command: "node infra/dev.mjs start",
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    url: addresses.dashboard,
    timeout: startMs,
    reuseExistingServer: false,
    gracefulShutdown: { signal: "SIGTERM", timeout: 15_000 },
    stdout: "pipe",
    stderr: "pipe",
  },
});
