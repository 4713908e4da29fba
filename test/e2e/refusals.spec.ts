import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { request as httpRequest } from "node:http";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { addresses } from "./addresses.ts";
import { expect, test } from "./headroom-test.ts";

const dashboardFolder = fileURLToPath(new URL("../../apps/dashboard", import.meta.url));

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address ? address.port : 0;
};

/** A dashboard whose API is not there. */
const startAlone = async (port: number): Promise<ChildProcess> => {
  const next = join(dirname(createRequire(join(dashboardFolder, "package.json")).resolve("next/package.json")), "dist", "bin", "next");
  const dashboard = spawn(process.execPath, [next, "start", dashboardFolder, "--hostname", "127.0.0.1", "--port", String(port)], {
    env: { ...process.env, HEADROOM_API_URL: "http://127.0.0.1:9", NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "pipe", "ignore"],
  });
  for await (const line of createInterface({ input: dashboard.stdout })) if (/ready/i.test(line)) break;
  return dashboard;
};

test("says that the API is not answering, and what to do", async ({ page }) => {
  const port = await freePort();
  const dashboard = await startAlone(port);
  try {
    for (const path of ["/", "/plans/new", "/plans/plan_x", "/runs/run_x"]) {
      await page.goto(`http://127.0.0.1:${port}${path}`);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("The API is not answering");
      await expect(page.getByRole("main")).toContainText("http://127.0.0.1:9");
      await expect(page.getByRole("main")).toContainText("npm start");
    }
  } finally {
    dashboard.kill("SIGTERM");
    await once(dashboard, "exit");
  }
});

test("shows a page of its own for what does not exist", async ({ page, watched }) => {
  watched.expectComplaint(/404/);
  for (const path of ["/nothing-here", "/plans/plan_nothing", "/runs/run_nothing", "/jobs/job_nothing", "/plans/new?from=plan_nothing"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("There is nothing at this address");
  }
});

test("answers to no name but its own, and plans for no other page", async () => {
  const { hostname, port } = new URL(addresses.dashboard);
  const statusOf = (headers: Record<string, string>, method = "GET", path = "/"): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const request = httpRequest({ hostname, port, path, method, headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      request.once("error", reject);
      request.end();
    });
  expect(await statusOf({ host: "evil.example" })).toBe(421);
  expect(await statusOf({ "sec-fetch-site": "cross-site" }, "POST", "/solves")).toBe(403);
  expect(await statusOf({ "sec-fetch-site": "cross-site" }, "DELETE", "/solves/job_1")).toBe(403);
});

test("scripts run only with the page's own nonce", async ({ page }) => {
  const response = await page.goto("/");
  const policy = (await response?.headerValue("content-security-policy")) ?? "";
  expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/=]+' 'strict-dynamic'/);
  expect(await response?.headerValue("x-powered-by")).toBeNull();
});
