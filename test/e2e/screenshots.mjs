// Pictures of every page at three widths in both themes, for people to look at: node test/e2e/screenshots.mjs FOLDER
// It needs a running Headroom (npm start) and makes plans in it: give it a data directory of its own.
import { mkdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { browserArguments, findBrowser } from "./browser.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = resolve(process.argv[2] ?? fail("usage: node test/e2e/screenshots.mjs FOLDER [PAGE…]"));
const wanted = process.argv.slice(3);
const api = process.env.HEADROOM_API_URL ?? "http://127.0.0.1:4310";
const dashboard = process.env.HEADROOM_DASHBOARD_URL ?? "http://127.0.0.1:4320";
const widths = [360, 1280, 1920];

function fail(message) {
  console.error(message);
  process.exit(2);
}

const golden = (name) => JSON.parse(readFileSync(join(root, "test", "golden", name, "request.json"), "utf8"));

const post = async (path, body) => {
  const response = await fetch(`${api}${path}`, {
    method: "POST",
    ...(body ? { headers: { "content-type": "application/json" }, body: JSON.stringify(body) } : {}),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json();
};

const planOf = async (request) => {
  let answer = await post("/v1/plans", request);
  while (answer.kind === "plan" && answer.planId === null) {
    await new Promise((done) => setTimeout(done, 500));
    answer = await (await fetch(`${api}/v1/jobs/${answer.id}`)).json();
  }
  return answer.kind === "plan" ? answer.planId : answer.id;
};

const seed = async () => {
  const knowledgeBase = golden("knowledge-base");
  const plans = {
    knowledgeBase: await planOf(knowledgeBase),
    twoServices: await planOf(golden("two-services")),
    impossible: await planOf(golden("impossible-target")),
    tooDear: await planOf({ ...knowledgeBase, name: "Knowledge base on a small budget", limits: { budgetUsdPerMonth: 5000 } }),
    longName: await planOf({
      ...knowledgeBase,
      name: "Knowledge base of the research and development department in Europe, answers in four languages, second attempt",
      purchase: { capacityTypes: ["reserved"], commitmentTerms: ["3y"], horizonHours: 26280 },
    }),
  };
  const schedule = { cron: "0 6 * * MON", timeZone: "Europe/Berlin", switchThresholdShare: 0.05 };
  await fetch(`${api}/v1/plans/${plans.twoServices}/schedule`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(schedule),
  });
  const run = await post(`/v1/plans/${plans.twoServices}/runs`);
  for (let tries = 0; tries < 40; tries++) {
    const { status } = await (await fetch(`${api}/v1/runs/${run.id}`)).json();
    if (status === "done" || status === "failed") break;
    await new Promise((done) => setTimeout(done, 500));
  }
  return { ...plans, run: run.id };
};

const openFolds = (page) =>
  page.evaluate(() => {
    for (const fold of document.querySelectorAll("main details")) fold.setAttribute("open", "");
  });

const pagesOf = (ids) => [
  { name: "plans", path: "/" },
  { name: "plans-delete", path: "/", act: (page) => page.getByText("Delete", { exact: false }).first().click(), fullPage: false },
  { name: "new", path: "/plans/new" },
  { name: "new-open", path: "/plans/new?preset=chat", act: openFolds },
  {
    name: "new-errors",
    path: "/plans/new",
    act: async (page) => {
      await page.getByLabel("In, tokens").fill("many");
      await page.getByLabel("At once, % of them").fill("140");
      await page.getByLabel("First token, ms").fill("-3");
      await page.locator("button[value=plan]").last().click();
      await page.getByRole("alert").getByRole("listitem").first().waitFor();
    },
  },
  { name: "new-json", path: "/plans/new", act: (page) => page.getByRole("button", { name: "JSON" }).click() },
  { name: "plan", path: `/plans/${ids.knowledgeBase}` },
  { name: "plan-open", path: `/plans/${ids.knowledgeBase}`, act: openFolds },
  { name: "plan-two-services", path: `/plans/${ids.twoServices}` },
  { name: "plan-impossible", path: `/plans/${ids.impossible}` },
  { name: "plan-too-dear", path: `/plans/${ids.tooDear}` },
  { name: "plan-long-name", path: `/plans/${ids.longName}` },
  { name: "again", path: `/plans/new?from=${ids.impossible}&relax=0` },
  { name: "delete", path: `/plans/${ids.longName}/delete` },
  { name: "run", path: `/runs/${ids.run}` },
  { name: "not-found", path: "/plans/plan_nothing" },
];

const take = async (browser, { name, path, act, fullPage = true }) => {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of widths) {
      const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
      await page.goto(`${dashboard}${path}`, { waitUntil: "networkidle" });
      await act?.(page);
      await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`), fullPage });
      await page.close();
    }
  }
  console.log(name);
};

const executablePath = (await findBrowser()) ?? fail("no browser starts: set HEADROOM_CHROMIUM to one");
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath, args: browserArguments });
const before = await (await fetch(`${api}/v1/plans`)).json();
if (before.items.length === 0) await take(browser, { name: "empty", path: "/" });
for (const page of pagesOf(await seed())) if (wanted.length === 0 || wanted.includes(page.name)) await take(browser, page);
await browser.close();
