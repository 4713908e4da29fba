import { expect, knowledgeBase, planAddress, planAt, planByApi, test } from "./headroom-test.ts";

const planIt = { name: "Plan it" };

test("shows errors at their fields and in a summary, and loses nothing", async ({ page }) => {
  await page.goto("/plans/new");
  await page.getByLabel("Name of the plan").fill("Half right");
  await page.getByLabel("In, tokens").fill("many");
  await page.getByLabel("At once, % of them").fill("140");
  await page.getByRole("combobox", { name: "Model", exact: true }).fill("no-such/model");
  await page.getByRole("button", planIt).click();

  const summary = page.getByRole("alert").filter({ hasText: "Some fields are wrong" });
  await expect(summary).toBeVisible();
  await expect(page.getByLabel("In, tokens")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("In, tokens")).toHaveAccessibleDescription(/whole number of tokens/);
  await expect(page.getByLabel("At once, % of them")).toHaveAccessibleDescription(/must be a percentage from 0 to 100/);
  await summary.getByRole("link", { name: /tokens in/ }).click();
  await expect(page.getByLabel("In, tokens")).toBeFocused();

  await page.getByLabel("In, tokens").fill("1024");
  await page.getByLabel("At once, % of them").fill("5");
  await page.getByRole("button", planIt).click();
  await expect(page.getByRole("combobox", { name: "Model", exact: true })).toHaveAccessibleDescription(/no-such\/model/);
  await expect(page.getByLabel("Name of the plan")).toHaveValue("Half right");
  await page.getByRole("combobox", { name: "Model", exact: true }).fill("deepseek-ai/DeepSeek-V3");
  await page.getByRole("button", planIt).click();
  await page.waitForURL(planAddress);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Half right");
});

test("opens the fold of a field that is wrong, and names a group that is", async ({ page }) => {
  await page.goto("/plans/new");
  await page.getByText("Limits of the solve").click();
  await page.getByLabel("Time limit, s").fill("9999");
  await page.getByText("Limits of the solve").click();
  await page.getByLabel("Of requests, %").fill("90");
  await page.getByRole("button", planIt).click();
  await expect(page.getByLabel("Time limit, s")).toBeVisible();
  await expect(page.getByText("Must have shares that add up to 100 %, not 90 %", { exact: false }).last()).toBeVisible();
});

test("adds and removes services, classes and quotas", async ({ page }) => {
  await page.goto("/plans/new");
  await page.getByRole("button", { name: "Add a traffic class" }).click();
  await expect(page.getByRole("group", { name: "Traffic class 2" })).toBeVisible();
  await page.getByRole("button", { name: "Remove traffic class 2" }).click();
  await expect(page.getByRole("group", { name: "Traffic class 2" })).toHaveCount(0);
  await page.getByRole("button", { name: "Add a service" }).click();
  await expect(page.getByRole("region", { name: "Service 2" })).toBeVisible();
  await page.getByRole("button", { name: "Remove Service 1" }).click();
  await expect(page.getByLabel("Name of the service")).toHaveValue("service-2");
});

test("takes a pasted request as JSON, shows it in the form, and gives the same back", async ({ page, request }) => {
  const pasted = { ...knowledgeBase, name: "Pasted", market: { providers: ["nebius"] }, limits: { budgetUsdPerMonth: "50000.00" } };
  await page.goto("/plans/new");
  await page.getByRole("button", { name: "JSON" }).click();
  const editor = page.getByLabel("The request as JSON");
  await editor.fill("{ not json");
  await page.getByRole("button", { name: "Form" }).click();
  await expect(page.getByText("This is not JSON", { exact: false })).toBeVisible();
  await expect(editor).toHaveValue("{ not json");
  await editor.fill(JSON.stringify(pasted));
  await page.getByRole("button", { name: "Form" }).click();
  await expect(page.getByLabel("Name of the plan")).toHaveValue("Pasted");
  await expect(page.getByLabel("Budget, USD a month")).toHaveValue("50000.00");
  await page.getByRole("button", { name: "JSON" }).click();
  expect(JSON.parse(await editor.inputValue())).toEqual(pasted);
  await page.getByRole("button", planIt).click();
  await page.waitForURL(planAddress);
  expect((await planAt(request, page.url())).request).toEqual(pasted);
});

test("fills in a preset and takes it back", async ({ page }) => {
  await page.goto("/plans/new");
  await page.getByLabel("Name of the plan").fill("Mine");
  await page.getByRole("button", { name: "Chat at 20 requests a second" }).click();
  await expect(page.getByLabel("Name of the plan")).toHaveValue("Chat");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByLabel("Name of the plan")).toHaveValue("Mine");
});

test("starts from a stored plan's request", async ({ page, request }) => {
  const plan = await planByApi(request, knowledgeBase);
  await page.goto(`/plans/${plan.id}`);
  await page.getByRole("main").getByRole("link", { name: "Plan again with changes" }).first().click();
  await expect(page.getByLabel("People, in all")).toHaveValue("1000");
  await page.getByLabel("People, in all").fill("2000");
  await page.getByRole("button", planIt).click();
  await page.waitForURL(planAddress);
  await expect(page.getByRole("main")).toContainText("2,000 people, 5 % at once");
});

test("cancels a solve and keeps what was typed", async ({ page }) => {
  await page.goto("/plans/new");
  await page.getByLabel("Name of the plan").fill("Patience");
  // The answer never comes, so that there is something to cancel.
  await page.route("**/solves", () => undefined);
  await page.getByRole("button", planIt).click();
  await expect(page.getByText(/^Solving \d+ s/)).toBeVisible();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText("The solve was cancelled", { exact: false })).toBeVisible();
  await expect(page.getByLabel("Name of the plan")).toHaveValue("Patience");
});

test("follows a solve that became a job, from the form and from its own page", async ({ page, request }) => {
  await page.goto("/plans/new");
  const { origin } = new URL(page.url());
  const job = await queueJob(request);
  await page.route("**/solves", (route) => route.fulfill({ json: { kind: "job", id: job } }));
  await page.getByRole("button", planIt).click();
  await page.waitForURL(planAddress);

  await page.goto(`${origin}/jobs/${await queueJob(request)}`);
  await page.waitForURL(planAddress);
});

const queueJob = async (request: Parameters<typeof planByApi>[0]): Promise<string> => {
  const { addresses } = await import("./addresses.ts");
  const answer = await request.post(`${addresses.api}/v1/plans`, { data: knowledgeBase, headers: { prefer: "respond-async" } });
  expect(answer.status()).toBe(202);
  return (await answer.json()).id;
};

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("edits lists, goes to JSON and back, shows errors, and plans", async ({ page }) => {
    await page.goto("/plans/new");
    await page.getByLabel("Name of the plan").fill("No scripts");
    await page.getByRole("button", { name: "Add a traffic class" }).click();
    await expect(page.getByRole("group", { name: "Traffic class 2" })).toBeVisible();
    await expect(page.getByLabel("Name of the plan")).toHaveValue("No scripts");
    await page.getByRole("button", planIt).click();
    await expect(page.getByText("Some fields are wrong")).toBeVisible();
    await page.getByRole("button", { name: "Remove traffic class 2" }).click();
    await page.getByRole("button", { name: "JSON" }).click();
    await expect(page.getByLabel("The request as JSON")).toContainText('"No scripts"');
    await page.getByRole("button", { name: "Form" }).click();
    await page.getByRole("button", planIt).click();
    await page.waitForURL(planAddress);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("No scripts");
  });
});
