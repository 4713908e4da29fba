import { expect, knowledgeBase, planAddress, planAt, planByApi, test } from "./headroom-test.ts";

test("an impossible target shows what would make it possible, and plans it", async ({ page, request }) => {
  await page.goto("/plans/new");
  await page.getByLabel("Per output token, ms").fill("1");
  await page.getByRole("button", { name: "Plan it" }).click();
  await page.waitForURL(planAddress);
  await expect(page.getByText("No plan meets this request", { exact: false })).toBeVisible();
  await expect(page.getByRole("heading", { name: "What fails" })).toBeVisible();

  const changes = page.getByRole("table", { name: "Changes that make a plan possible" });
  await expect(changes).toContainText("Time per output token of knowledge-base");
  await changes.getByRole("link", { name: "Plan with this change" }).click();
  await expect(page.getByLabel("Per output token, ms")).not.toHaveValue("1");
  await page.getByRole("button", { name: "Plan it" }).click();
  await page.waitForURL((url) => planAddress.test(url.pathname));
  await expect(page.getByRole("heading", { name: "What to rent" })).toBeVisible();
  expect((await planAt(request, page.url())).status).not.toBe("infeasible");
});

test("a budget that is too small can be raised to what is needed", async ({ page, request }) => {
  const plan = await planByApi(request, { ...knowledgeBase, limits: { budgetUsdPerMonth: 5000 } });
  expect(plan.status).toBe("infeasible");
  await page.goto(`/plans/${plan.id}`);
  await page.getByRole("link", { name: "Plan with this change" }).first().click();
  await expect(page.getByLabel("Budget, USD a month")).not.toHaveValue("5000");
  await page.getByRole("button", { name: "Plan it" }).click();
  await page.waitForURL((url) => planAddress.test(url.pathname) && !url.pathname.endsWith(plan.id));
  await expect(page.getByRole("heading", { name: "What to rent" })).toBeVisible();
});
