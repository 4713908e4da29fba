import type { Reporter, Suite } from "@playwright/test/reporter";

/** One plain line at the end that says how many passed and failed. */
class ClosingLine implements Reporter {
  private suite: Suite | undefined;

  onBegin(_config: unknown, suite: Suite): void {
    this.suite = suite;
  }

  onEnd(): void {
    const outcomes = this.suite?.allTests().map((test) => test.outcome()) ?? [];
    const count = (...wanted: string[]): number => outcomes.filter((outcome) => wanted.includes(outcome)).length;
    process.stdout.write(`\n${count("expected", "flaky")} passed, ${count("unexpected")} failed\n`);
  }
}

// biome-ignore lint/style/noDefaultExport: Playwright takes a reporter as a file's default export.
export default ClosingLine;
