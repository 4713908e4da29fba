import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";

const systemBrowsers = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/opt/google/chrome/chrome",
];

/** None of them may call home, and a sandbox needs rights that containers do not give. */
export const browserArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The first browser that starts: the one that HEADROOM_CHROMIUM names, the system's, Playwright's own. Undefined where none does. */
export const findBrowser = async () => {
  const named = process.env.HEADROOM_CHROMIUM;
  const candidates = named ? [named] : [...systemBrowsers.filter(existsSync), chromium.executablePath()];
  for (const executablePath of candidates) if (await starts(executablePath)) return executablePath;
  return undefined;
};

const starts = async (executablePath) => {
  try {
    const browser = await chromium.launch({ executablePath, args: browserArguments });
    await browser.close();
    return true;
  } catch {
    return false;
  }
};
