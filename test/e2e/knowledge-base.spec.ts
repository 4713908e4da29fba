import { expect, planAddress, planAt, test } from "./headroom-test.ts";

const grouped = (amount: string): string => Number(amount).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

test("plans the knowledge base by hand, shows the API's own numbers, and finds it again", async ({ page, request }) => {
  await page.goto("/plans/new?preset=empty");
  await page.getByLabel("Name of the plan").fill("By hand");
  await page.getByLabel("Name of the service").fill("answers");
  await page.getByRole("combobox", { name: "Model", exact: true }).fill("deepseek v3");
  await page.getByRole("option", { name: "deepseek-ai/DeepSeek-V3 671.0B" }).click();
  await page.getByLabel("People, in all").fill("1,000");
  await page.getByLabel("At once, % of them").fill("5");
  await page.getByLabel("In, tokens").fill("1024");
  await page.getByLabel("Out, tokens").fill("1024");
  await page.getByLabel("First token, ms").fill("2000");
  await page.getByLabel("Per output token, ms").fill("50");
  await page.getByRole("button", { name: "Plan it" }).click();
  await page.waitForURL(planAddress);

  const plan = await planAt(request, page.url());
  const [line] = plan.lines;
  if (!(plan.cost && line?.predicted)) throw new Error("the plan buys nothing");
  expect(plan.request.services[0]?.demand.requestRatePerSecond).toEqual({ users: 1000, concurrentShare: 0.05 });

  await expect(page.getByRole("heading", { level: 1 })).toHaveText("By hand");
  const main = page.getByRole("main");
  await expect(main).toContainText(`${line.instances} × ${line.instanceType}`);
  for (const amount of [
    plan.cost.usdPerMonth,
    plan.cost.usdPerHour,
    plan.cost.usdHorizon,
    plan.cost.usdPerMillionOutputTokens.answers ?? "",
  ]) {
    await expect(main).toContainText(`${grouped(amount)} USD`);
  }
  await expect(main).toContainText(`${plan.proof.checks.length} rules re-checked, all hold`);
  await expect(main).toContainText(plan.catalogAsOf);

  const memory = page.getByRole("table", { name: "Parts of one accelerator's memory in GiB" });
  await expect(memory.getByRole("row", { name: /^Weights/ })).toContainText(`${line.memory.weightsGib.toFixed(2)} GiB`);
  await expect(memory.getByRole("row", { name: /^KV cache/ })).toContainText(`${line.memory.kvCacheGib.toFixed(2)} GiB`);
  await expect(memory.getByRole("row", { name: /^Memory that the driver shows/ })).toContainText(
    `${line.memory.visibleGib.toFixed(2)} GiB`,
  );
  await expect(main).toContainText(`${Math.round(line.predicted.ttftMs)} of 2,000 ms`);
  await expect(main).toContainText(`${line.predicted.tpotMs.toFixed(1)} of 50.0 ms`);
  await expect(page.getByRole("table", { name: /would serve the request for more/ }).getByRole("row")).toHaveCount(
    1 + plan.explanation.rejections.filter(({ code }) => code === "dearer").length,
  );

  const address = page.url();
  await page.goto("/");
  await page.getByRole("link", { name: "By hand", exact: true }).click();
  await expect(page).toHaveURL(address);
  await page.reload();
  await expect(main).toContainText(`${grouped(plan.cost.usdPerMonth)} USD`);
});

test("plans the default with one click, verifies the plan and hands it out as JSON", async ({ page, request }) => {
  await page.goto("/plans/new");
  await page.getByRole("button", { name: "Plan it" }).click();
  await page.waitForURL(planAddress);
  await page.getByRole("button", { name: "Verify it again" }).click();
  await expect(page.getByText("The plan holds")).toBeVisible();

  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Download JSON" }).click()]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk));
  const downloaded: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"));
  expect(downloaded).toEqual(await planAt(request, page.url()));
});

test("deletes a plan only after asking", async ({ page }) => {
  await page.goto("/plans/new");
  await page.getByLabel("Name of the plan").fill("To be deleted");
  await page.getByRole("button", { name: "Plan it" }).click();
  await page.waitForURL(planAddress);
  const address = page.url();
  await page.goto("/");
  const row = page.getByRole("row", { name: /To be deleted/ });
  await row.getByRole("link", { name: "Delete To be deleted" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Keep it" }).click();
  await expect(row).toBeVisible();
  await row.getByRole("link", { name: "Delete To be deleted" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete the plan" }).click();
  await expect(row).toHaveCount(0);
  const gone = await page.request.get(address);
  expect(gone.status()).toBe(404);
});
