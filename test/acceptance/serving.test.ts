import { expect, it } from "vitest";
import { hasSharedData, sharedNote } from "../shared-data.ts";
import { type ServingPrediction, servingPredictions } from "../truth/serving-rows.ts";

const closed = servingPredictions(["agg-closed-loop"]);
const offline = servingPredictions(["agg-offline-max"]);

const errorsOf = (predictions: readonly ServingPrediction[]): number[] =>
  predictions
    .map(({ predicted, measured }) => (predicted === undefined ? 1 : Math.abs(predicted / measured - 1)))
    .toSorted((a, b) => a - b);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const tpot = closed.filter(({ quantity }) => quantity === "tpotMs");
const ttft = closed.filter(({ quantity, ttftIsTrusted }) => quantity === "ttftMs" && ttftIsTrusted);
const throughput = offline.filter(({ quantity }) => quantity === "outputTokensPerSecondPerAccelerator");

/** Refused rows count as an error of 100 %. */
it.skipIf(!hasSharedData).each([
  { name: "time per token", of: tpot, rows: 1300, worstMean: 0.12 },
  { name: "time to first token, unsaturated", of: ttft, rows: 1000, worstMean: 0.3 },
  { name: "saturated throughput", of: throughput, rows: 300, worstMean: 0.18 },
])(`measured serving: the mean error of $name stays below $worstMean${sharedNote}`, ({ of, rows, worstMean }) => {
  expect(of.length).toBeGreaterThan(rows);
  expect(mean(errorsOf(of))).toBeLessThan(worstMean);
});

it.skipIf(!hasSharedData)(`measured serving: half of the errors of time per token are below 8 %${sharedNote}`, () => {
  const errors = errorsOf(tpot);
  expect(errors[Math.floor(errors.length / 2)]).toBeLessThan(0.08);
});

it.skipIf(!hasSharedData)(
  `measured serving: 80 % bands hold 70 to 92 % of the throughputs, half of them within a factor of 2.2${sharedNote}`,
  () => {
    const bands = closed.filter(({ quantity }) => quantity === "outputTokensPerSecondPerAccelerator");
    const inside = bands.filter(({ band, measured }) => band && band[0] <= measured && measured <= band[1]);
    const narrow = bands.filter(({ band }) => band && band[1] / band[0] <= 2.2);
    expect(inside.length / bands.length).toBeGreaterThan(0.7);
    expect(inside.length / bands.length).toBeLessThan(0.95);
    expect(narrow.length / bands.length).toBeGreaterThan(0.5);
  },
);

/** Pairs that differ by more than a tenth, and how many of them are predicted in the measured order. */
const orderOf = (group: readonly ServingPrediction[]): { readonly pairs: number; readonly right: number } => {
  const pairs = group.flatMap((one, index) => group.slice(0, index).map((other) => [one, other] as const));
  const apart = pairs.filter(([one, other]) => Math.abs(one.measured / other.measured - 1) > 0.1);
  const right = apart.filter(([one, other]) => (one.predicted ?? 0) > (other.predicted ?? 0) === one.measured > other.measured);
  return { pairs: apart.length, right: right.length };
};

it.skipIf(!hasSharedData)(`measured serving: nine of ten pairs of configurations come in the measured order${sharedNote}`, () => {
  const answered = closed.filter(
    ({ quantity, predicted }) => quantity === "outputTokensPerSecondPerAccelerator" && predicted !== undefined,
  );
  const groups = new Map<string, ServingPrediction[]>();
  for (const one of answered) {
    const key = [one.model, ...one.label.split("|").slice(-3)].join("|");
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const orders = [...groups.values()].map(orderOf);
  const total = (pick: (order: ReturnType<typeof orderOf>) => number) => orders.reduce((sum, order) => sum + pick(order), 0);
  expect(total(({ pairs }) => pairs)).toBeGreaterThan(1000);
  expect(total(({ right }) => right) / total(({ pairs }) => pairs)).toBeGreaterThan(0.9);
});
