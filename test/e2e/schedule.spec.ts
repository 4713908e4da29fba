import { expect, knowledgeBase, planByApi, test } from "./headroom-test.ts";

test("a schedule is set, shown with its times, solved again now, and removed", async ({ page, request }) => {
  const plan = await planByApi(request, { ...knowledgeBase, name: "Scheduled" });
  await page.goto(`/plans/${plan.id}`);
  await page.getByLabel("When", { exact: true }).fill("30 7 * * 1-5");
  await page.getByRole("combobox", { name: "Time zone" }).fill("berlin");
  await page.getByRole("option", { name: "Europe/Berlin" }).click();
  await expect(page.getByText("At 07:30, Monday through Friday")).toBeVisible();
  await expect(page.getByText(/07:30 UTC\+[12]$/)).toHaveCount(5);
  await page.getByLabel("Switch when it saves more than").fill("7");
  await page.getByRole("button", { name: "Set the schedule" }).click();
  await expect(page.getByText("The schedule is kept.")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("When", { exact: true })).toHaveValue("30 7 * * 1-5");
  await expect(page.getByLabel("Switch when it saves more than")).toHaveValue("7");

  await page.getByRole("button", { name: "Solve again now" }).click();
  const runs = page.getByRole("table", { name: "Runs, newest first" });
  await expect(runs).toContainText("Keep", { timeout: 40_000 });
  await expect(runs).toContainText(`${plan.cost?.usdPerHour} USD`);
  await runs.getByRole("link").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Run of");
  await expect(page.getByRole("main")).toContainText("The plan in force stays.");

  await page.goto("/");
  await expect(page.getByRole("row", { name: /Scheduled/ })).toContainText("Last run: keep");
  await page.getByRole("link", { name: "Scheduled", exact: true }).click();
  await page.getByRole("button", { name: "Remove it" }).click();
  await expect(page.getByText("The schedule is gone", { exact: false })).toBeVisible();
});

test("what is wrong with a schedule stands at its fields", async ({ page, request }) => {
  const plan = await planByApi(request, knowledgeBase);
  await page.goto(`/plans/${plan.id}`);
  await page.getByLabel("When", { exact: true }).fill("every day");
  await page.getByLabel("Switch when it saves more than").fill("150");
  await page.getByRole("button", { name: "Set the schedule" }).click();
  await expect(page.getByText("Nothing was saved", { exact: false })).toBeVisible();
  await expect(page.getByLabel("When", { exact: true })).toHaveValue("every day");
});
