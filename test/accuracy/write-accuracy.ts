import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { hasSharedData } from "../shared-data.ts";
import { accuracyChapters } from "./accuracy-chapters.ts";
import { renderChapter } from "./render-accuracy.ts";

/** Writes docs/accuracy.md from the measurements beside the repository: `npm run accuracy`. */
const page = fileURLToPath(new URL("../../docs/accuracy.md", import.meta.url));

const head = `# Accuracy

What Headroom estimates, against what others measured. Written by \`test/accuracy/write-accuracy.ts\`; nothing here is typed by hand but the reasons.

Errors are |estimate ÷ measurement − 1|; a refused row misses by the whole; *bias* is the median with its sign. The coefficients were fitted on most of these rows, so the errors of rows that a fit did not see stand in each chapter too, where its calibration printed them. A band is the 80 % interval that an answer carries.`;

if (hasSharedData) {
  writeFileSync(page, `${[head, ...accuracyChapters().map(renderChapter)].join("\n\n")}\n`);
  console.log("docs/accuracy.md is written");
} else {
  console.log("skipped: no ../shared");
}
