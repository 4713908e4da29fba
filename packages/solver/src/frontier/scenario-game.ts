import { programBuilder } from "../linear-program/program-builder.ts";
import { solveProgram } from "../solve/solve-program.ts";
import type { SolveTools } from "../solve/solve-tools.ts";

const limits = { timeLimitSeconds: 1, relativeGap: 0 };

/** Weights are told in so many parts of one, so that prices between scenarios stay exact. */
const parts = 1000;

/**
 * The weights of the scenarios against which the plans at hand do worst:
 *
 *   max t   subject to   t ≤ Σₛ λₛ · regretₚₛ for every plan p,   Σₛ λₛ = 1,   λ ≥ 0
 *
 * The plan that is cheapest at prices mixed by these weights is the one that could do better than all of them.
 */
export const hardestWeights = async (
  regrets: readonly (readonly number[])[],
  { backends }: SolveTools,
): Promise<readonly bigint[] | undefined> => {
  const builder = programBuilder();
  const scenarios = regrets[0]?.map((_, index) => builder.variable({ label: `weight of scenario ${index}`, upper: 1 })) ?? [];
  const most = Math.max(1, ...regrets.flat().map(Math.abs));
  // Regrets may be negative where a scenario's own plan is not proved the cheapest: t is counted from below all of them.
  const worst = builder.variable({ label: "worst", cost: -1, upper: 2 });
  regrets.forEach((ofPlan, plan) => {
    const terms = scenarios.map((variable, index) => ({ variable, coefficient: (ofPlan[index] ?? 0) / most + 1 }));
    builder.constrain({ label: `regret of plan ${plan}`, terms: [...terms, { variable: worst, coefficient: -1 }], lower: 0 });
  });
  builder.constrain({ label: "one", terms: scenarios.map((variable) => ({ variable, coefficient: 1 })), lower: 1, upper: 1 });
  const { outcome } = await solveProgram(builder.program(), limits, backends);
  return outcome.status === "optimal" ? inParts(scenarios.map((variable) => outcome.values[variable] ?? 0)) : undefined;
};

/** Rounded down, with the rest on the largest. */
const inParts = (weights: readonly number[]): readonly bigint[] => {
  const whole = weights.map((weight) => Math.max(0, Math.floor(weight * parts + 1e-6)));
  const rest = parts - whole.reduce((sum, weight) => sum + weight, 0);
  const largest = whole.indexOf(Math.max(...whole));
  return whole.map((weight, index) => BigInt(index === largest ? weight + rest : weight));
};
