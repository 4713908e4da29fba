import { formatUsd, type MicroUsd, type Mix } from "@headroom/core";
import type { SolverOutcome } from "./backends/backend.ts";
import { lowerBound, relativeGap } from "./solve/lower-bound.ts";
import type { Solved } from "./solve/solve-program.ts";
import type { SolveTools } from "./solve/solve-tools.ts";

export interface ProofInput {
  readonly solved: Solved;
  readonly outcome: Extract<SolverOutcome, { values: readonly number[] }>;
  readonly cost: MicroUsd;
  readonly prices: readonly MicroUsd[];
  readonly tools: SolveTools;
  readonly startedMs: number;
}

/** What is proved about a mix whose check has passed. */
export const mixProof = ({ solved, outcome, cost, prices, tools, startedMs }: ProofInput): Mix["proof"] => {
  const bound = outcome.bound === undefined ? undefined : lowerBound(outcome.bound, prices, cost);
  return {
    lowerBoundUsdPerHour: bound === undefined ? null : formatUsd(bound),
    gap: bound === undefined ? null : relativeGap(cost, bound),
    verified: true,
    backend: solved.backend,
    seconds: elapsedSeconds(tools, startedMs),
  };
};

/** An infeasible mix: the backend proved that no counts serve the demand. */
export const infeasibleProof = (solved: Solved, tools: SolveTools, startedMs: number): Mix["proof"] => ({
  lowerBoundUsdPerHour: null,
  gap: null,
  verified: false,
  backend: solved.backend,
  seconds: elapsedSeconds(tools, startedMs),
});

const elapsedSeconds = (tools: SolveTools, startedMs: number): number => Math.round(tools.nowMs() - startedMs) / 1000;
