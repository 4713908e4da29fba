import { expect, test } from "./headroom-test.ts";
import { everyPage } from "./pages.ts";

for (const width of [360, 768, 1920]) {
  test(`no page scrolls sideways at ${width} px`, async ({ page, request, watched }) => {
    test.setTimeout(120_000);
    watched.expectComplaint(/404/);
    await page.setViewportSize({ width, height: 800 });
    for (const { name, path } of await everyPage(request)) {
      await page.goto(path);
      await page.evaluate(() => {
        for (const fold of document.querySelectorAll("main details")) fold.setAttribute("open", "");
      });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(overflow, name).toBe(0);
    }
  });
}
