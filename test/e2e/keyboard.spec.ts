import type { Page } from "@playwright/test";
import { expect, planAddress, test } from "./headroom-test.ts";

const mostTabs = 80;

/** Presses Tab until the element that `name` describes has the focus; every stop on the way must be visible as such. */
const tabTo = async (page: Page, name: RegExp): Promise<void> => {
  for (let presses = 0; presses < mostTabs; presses++) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement) || element === document.body) return undefined;
      const label = element instanceof HTMLInputElement ? (element.labels?.[0]?.textContent ?? "") : "";
      const ring = [element, element.closest("label")].some(
        (candidate) => candidate && getComputedStyle(candidate).outlineStyle !== "none",
      );
      return { name: `${element.getAttribute("aria-label") ?? ""} ${label} ${element.textContent ?? ""}`.trim(), ring };
    });
    if (!focused) continue;
    expect(focused.ring, `the focus is visible on “${focused.name}”`).toBe(true);
    if (name.test(focused.name)) return;
  }
  throw new Error(`no Tab reaches ${name}`);
};

test("goes from the start to a plan with the keyboard alone", async ({ page }) => {
  await page.goto("/");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  await tabTo(page, /^(New plan|Make the first plan)$/);
  await page.keyboard.press("Enter");
  await page.waitForURL("**/plans/new");

  await tabTo(page, /^Model/);
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("v3");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("combobox", { name: "Model", exact: true })).toHaveValue("deepseek-ai/DeepSeek-V3");
  await tabTo(page, /^First token/);
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("1900");
  await tabTo(page, /^Plan it$/);
  await page.keyboard.press("Enter");
  await page.waitForURL(planAddress);
  await expect(page.getByRole("main")).toContainText("of 1,900 ms");

  await tabTo(page, /^interpolated$/);
  await expect(page.getByRole("tooltip")).toContainText("measurements of this chip or its family");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("tooltip")).toHaveCount(0);
});

test("plans on Enter in a field", async ({ page }) => {
  await page.goto("/plans/new");
  await page.getByLabel("People, in all").press("Enter");
  await page.waitForURL(planAddress);
});
