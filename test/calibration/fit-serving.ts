import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { sharedPath } from "../shared-data.ts";
import { acceleratorOf, bandsOf, foldOf, lineOf, missesLeavingOut, missesOf } from "./serving/serving-errors.ts";
import { fitServing, observedRows, priorTable } from "./serving/serving-problem.ts";

/**
 * Fits the coefficients of serving to public measurements and writes the reviewed table. No randomness: the fit starts from the
 * priors, folds are chosen by a hash of the configuration. About four minutes on one core.
 *
 *   node_modules/.bin/tsx test/calibration/fit-serving.ts
 */
const data = "truth/inference-throughput.csv";
const fittedOn = "2026-11-25";
const output = fileURLToPath(new URL("../../packages/core/src/performance/data/serving-coefficients.ts", import.meta.url));

const rows = observedRows();
const table = fitServing(rows, priorTable(), 32);
const again = { from: table, steps: 3 };
const fitted = missesOf(rows, table);
const unseen = missesLeavingOut(rows, foldOf, again);
const unseenAccelerators = missesLeavingOut(rows, acceleratorOf, again);

const errors = [
  lineOf("fitted", fitted),
  lineOf("configurations left out, fifth by fifth", unseen),
  lineOf("each accelerator left out", unseenAccelerators),
].join("\n");
console.log(errors);
const counts = new Map<string, number>();
for (const { row } of rows) {
  const key = `${row.accelerator} ${row.engine}`;
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
const evidence = {
  rows: Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1))),
  bands: {
    throughput: { calibrated: bandsOf(unseen, "throughput"), family: bandsOf(unseenAccelerators, "throughput") },
    tpot: { calibrated: bandsOf(unseen, "tpot"), family: bandsOf(unseenAccelerators, "tpot") },
  },
};
const sha256 = createHash("sha256")
  .update(readFileSync(sharedPath(data)))
  .digest("hex");
writeFileSync(
  output,
  `import type { CoefficientTable } from "../coefficient-table.ts";
import type { ServingEvidence } from "../serving-evidence.ts";

/**
 * Written by test/calibration/fit-serving.ts on ${fittedOn} from ${rows.length} rows of ${data}
 * (sha256 ${sha256}). Do not edit: change the script or its priors and run it again.
 *
${errors
  .split("\n")
  .map((line) => ` *   ${line}`)
  .join("\n")}
 */
export const servingCoefficients: CoefficientTable = ${JSON.stringify(table, undefined, 2)};

export const servingEvidence: ServingEvidence = ${JSON.stringify(evidence, undefined, 2)};
`,
);
execFileSync("node_modules/.bin/biome", ["format", "--write", output], { cwd: fileURLToPath(new URL("../../", import.meta.url)) });
