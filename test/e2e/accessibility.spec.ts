import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./headroom-test.ts";
import { everyPage } from "./pages.ts";

const standards = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"];

const seriousViolations = async (page: Page): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).withTags(standards).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
};

for (const colorScheme of ["light", "dark"] as const) {
  test(`every page is accessible in the ${colorScheme} theme`, async ({ page, request, watched }) => {
    test.setTimeout(180_000);
    watched.expectComplaint(/404/);
    await page.emulateMedia({ colorScheme });
    for (const { name, path } of await everyPage(request)) {
      await page.goto(path);
      await page.evaluate(() => {
        for (const fold of document.querySelectorAll("main details")) fold.setAttribute("open", "");
      });
      expect(await seriousViolations(page), name).toEqual([]);
    }
    await page.goto("/plans/new");
    await page.getByLabel("In, tokens").fill("many");
    await page.getByRole("button", { name: "Plan it" }).click();
    await expect(page.getByText("Some fields are wrong")).toBeVisible();
    expect(await seriousViolations(page), "a form with errors").toEqual([]);
    await page.getByRole("button", { name: "JSON" }).click();
    expect(await seriousViolations(page), "the JSON tab").toEqual([]);
    await page.goto("/");
    await page
      .getByRole("link", { name: /^Delete / })
      .first()
      .click();
    await expect(page.getByRole("alertdialog")).toBeVisible();
    expect(await seriousViolations(page), "the question before deleting").toEqual([]);
  });
}

test("the theme is switched by hand and remembered, and drawn from the first byte", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto("/");
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await page.getByRole("radio", { name: "Dark" }).check();
  const dark = await background();
  expect(dark).not.toBe(light);
  await page.reload();
  expect(await background()).toBe(dark);
  expect(await (await page.request.get("/")).text()).toContain('data-theme="dark"');
  await page.getByRole("radio", { name: "Auto" }).check();
  expect(await background()).toBe(light);
});

test("nothing moves for those who ask for less motion", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto("/plans/new");
  await page.route("**/solves", () => undefined);
  await page.getByRole("button", { name: "Plan it" }).click();
  const bar = page.locator("[class*=animate-]");
  await expect(bar).toHaveCount(1);
  expect(Number.parseFloat(await bar.evaluate((element) => getComputedStyle(element).animationDuration))).toBeLessThan(0.001);
});
