import { build } from "./build.mjs";
import { check } from "./check.mjs";
import { run } from "./run.mjs";
import { updateReadme } from "./update-readme.mjs";

/** Everything: the checks, the database suite on a real PostgreSQL, the goldens, and the dashboard in a real browser. */
export const test = async () => {
  const steps = [
    ["build", build],
    ["check", check],
    ["integration", () => run("vitest", ["run", "--project", "integration"])],
    ["browser", () => run("node", ["test/e2e/run.mjs"])],
  ];
  let passed = 0;
  for (const [name, step] of steps) {
    const code = await step();
    if (code !== 0) {
      console.log(`\n${name} failed: ${passed} of ${steps.length} suites passed, 1 failed`);
      return code;
    }
    passed++;
  }
  console.log(`\n${passed} passed, 0 failed`);
  return 0;
};

/** The plans first: README.md prints one of them, and the checks of the pages compare it. */
export const updateGoldens = async () => (await update("test/golden")) || (await updateReadme()) || (await update("test/docs"));

const update = (folder) => run("vitest", ["run", "--project", "unit", folder, "--update"]);
