import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./run.mjs";

const goldenPlan = join(root, "test/golden/knowledge-base/plan.golden.txt");
const readme = join(root, "README.md");

/** Rewrites the plan on README's first screen, its first block of text, from the golden plan. */
export const updateReadme = async () => {
  const page = readFileSync(readme, "utf8");
  const updated = withPlan(page, readFileSync(goldenPlan, "utf8"));
  if (updated === undefined) {
    console.error("README.md has no block of text for the plan");
    return 1;
  }
  if (updated !== page) writeFileSync(readme, updated);
  return 0;
};

const block = /^```text\n[\s\S]*?^```$/m;

const withPlan = (page, plan) => (block.test(page) ? page.replace(block, () => `\`\`\`text\n${plan}\`\`\``) : undefined);
