import { servingCoefficients } from "@headroom/core";
import { acceleratorOf, architectureOf, foldOf, lineOf, missesLeavingOut, missesOf } from "./serving/serving-errors.ts";
import { observedRows } from "./serving/serving-problem.ts";

/**
 * Prints the error of the committed table beside what it would be without each accelerator, each model, and each fifth of the
 * configurations. Ten minutes on one core; writes nothing.
 *
 *   node_modules/.bin/tsx test/calibration/serving-left-out.ts
 */
const rows = observedRows();
const again = { from: servingCoefficients, steps: 3 };
console.log(lineOf("fitted", missesOf(rows, servingCoefficients)));
const questions = [
  { name: "model", groupOf: architectureOf },
  { name: "accelerator", groupOf: acceleratorOf },
  { name: "fifth of the configurations", groupOf: foldOf },
] as const;
for (const { name, groupOf } of questions) {
  const misses = missesLeavingOut(rows, groupOf, again);
  console.log(lineOf(`each ${name} left out`, misses));
  for (const group of new Set(rows.map(groupOf))) {
    const ofGroup = misses.filter(({ observed }) => groupOf(observed) === group);
    console.log(lineOf(`  ${group}`, ofGroup));
  }
}
