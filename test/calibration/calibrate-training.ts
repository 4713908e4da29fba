import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { sharedPath } from "../shared-data.ts";
import type { Values } from "./bounded-descent.ts";
import { coefficientsFrom, type FitRow, fitRows, fitTraining, predictedRate } from "./fit-training.ts";
import { fitTrainingMemory, type MemoryFitRow, memoryCoefficientsFrom, memoryFitRows, predictedGib } from "./fit-training-memory.ts";
import { leaveOut, meanError, quantileBand } from "./leave-out.ts";

/**
 * Fits training's speed and memory and writes the tables the core reads: `npx tsx test/calibration/calibrate-training.ts`.
 * Each printed figure is of rows that the fit did not see.
 */

const fittedOn = "2026-11-25";

const written = ["training-coefficients", "training-memory-coefficients", "training-bands"];

const dataFile = (name: string): string => fileURLToPath(new URL(`../../packages/core/src/training/data/${name}.ts`, import.meta.url));

const provenance = (file: string, rows: number): string => {
  const sha256 = createHash("sha256")
    .update(readFileSync(sharedPath(`truth/${file}`)))
    .digest("hex");
  return `/**\n * Written by test/calibration/calibrate-training.ts on ${fittedOn} from ${rows} rows of ${file}\n * (sha256 ${sha256}).\n */\n`;
};

/** Four significant digits say all that such a fit knows. */
const literal = (value: unknown): string => {
  if (typeof value === "number") return String(Number(value.toPrecision(4)));
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  const fields = Object.entries(value as object).map(([name, inner]) => `${/^\w+$/.test(name) ? name : `"${name}"`}: ${literal(inner)}`);
  return `{ ${fields.join(", ")} }`;
};

const speedRows = fitRows();
const memoryRows = memoryFitRows();

const speedError = (values: Values) => {
  const coefficients = coefficientsFrom(values);
  return (row: FitRow) => predictedRate(row, coefficients, "unknown") / row.measured;
};
const memoryError = (values: Values) => {
  const coefficients = memoryCoefficientsFrom(values);
  return (row: MemoryFitRow) => predictedGib(row, coefficients) / row.measuredGib;
};

const folds = 8;
const configurations = [...new Set(speedRows.map(({ configuration }) => configuration))].sort();
const foldOf = (row: FitRow): string => String(configurations.indexOf(row.configuration) % folds);

const speedValues = fitTraining(speedRows);
/** Each fit starts where the whole one ended, which takes a quarter of the time, and descends on its own rows. */
const leaveSpeedOut = (groupOf: (row: FitRow) => string) =>
  leaveOut({ rows: speedRows, groupOf, fit: (rows) => fitTraining(rows, speedValues), ratio: speedError });

const byConfiguration = leaveSpeedOut(foldOf);
const byModel = leaveSpeedOut(({ model }) => model.toLowerCase());
const byAccelerator = leaveSpeedOut(({ accelerator }) => accelerator);
const memoryBySource = leaveOut({ rows: memoryRows, groupOf: ({ source }) => source, fit: fitTrainingMemory, ratio: memoryError });

const kinds = {
  dense: ({ row }: { row: FitRow }) => !row.work.experts,
  mixture: ({ row }: { row: FitRow }) => row.work.experts !== undefined,
};
const bandsOf = (kind: keyof typeof kinds) => {
  const [low, high] = quantileBand(byConfiguration.filter(kinds[kind]));
  const [lowElsewhere, highElsewhere] = quantileBand(byAccelerator.filter(kinds[kind]));
  const interpolated = [Math.min(low, lowElsewhere), Math.max(high, highElsewhere)];
  // A family that was never measured lies further off than a chip of a measured family: twice as far in logarithms.
  const roofline = interpolated.map((edge) => edge ** 2);
  return { measured: [low, high], interpolated, roofline };
};

const speed = coefficientsFrom(speedValues);
const memory = memoryCoefficientsFrom(fitTrainingMemory(memoryRows));

writeFileSync(
  dataFile("training-coefficients"),
  `import type { TrainingCoefficients } from "../training-coefficients.ts";\n\n${provenance("training-throughput.csv", speedRows.length)}export const trainingCoefficients: TrainingCoefficients = ${literal(speed)};\n`,
);
writeFileSync(
  dataFile("training-memory-coefficients"),
  `import type { TrainingMemoryCoefficients } from "../training-memory-coefficients.ts";\n\n${provenance("memory-training.csv", memoryRows.length)}export const trainingMemoryCoefficients: TrainingMemoryCoefficients = ${literal(memory)};\n`,
);
/** Errors of rows that the fit did not see, for the head of the bands' table and docs/accuracy.md. */
const leftOut = [
  ...Object.entries({ configuration: byConfiguration, model: byModel, accelerator: byAccelerator }).map(
    ([name, left]) => `speed, each ${name} left out: mean error ${(100 * meanError(left)).toFixed(1)} % of ${left.length} rows`,
  ),
  `memory, each source left out: mean error ${(100 * meanError(memoryBySource)).toFixed(1)} % of ${memoryBySource.length} rows`,
];

const bands = { memory: quantileBand(memoryBySource), speed: { dense: bandsOf("dense"), mixture: bandsOf("mixture") } };
writeFileSync(
  dataFile("training-bands"),
  `${provenance("training-throughput.csv", speedRows.length)}/**\n * Measured over predicted, 10th and 90th percentile of rows that were left out of the fit.\n${leftOut.map((line) => ` *   ${line}\n`).join("")} */\nexport const trainingBands = ${literal(bands)} as const;\n`,
);

const root = fileURLToPath(new URL("../..", import.meta.url));
execFileSync("node_modules/.bin/biome", ["format", "--write", ...written.map(dataFile)], { cwd: root, stdio: "ignore" });
for (const line of leftOut) process.stdout.write(`${line}\n`);
