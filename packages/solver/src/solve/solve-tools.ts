import type { MicroUsd } from "@headroom/core";
import type { Backends } from "./backends.ts";

/** What a solve takes from outside, so that it is deterministic itself. */
export interface SolveTools {
  readonly backends: Backends;
  /** Milliseconds of a clock that only runs forward. */
  readonly nowMs: () => number;
  /** On that clock: from then on no further question of an explanation is begun. */
  readonly explainUntilMs?: number;
  /** Told of a comparison that fails its check and so is not shown: a defect of ours, which no plan suffers from. */
  readonly onDefect?: (what: string) => void;
  /** Told how long each stage took, for benchmarks and logs. */
  readonly onStage?: (stage: string, milliseconds: number) => void;
  /** Told the cost of each fleet that answers the question at hand, once it is found and before it is improved or proved. */
  readonly onFleet?: (costPerHour: MicroUsd) => void;
}

/** Runs a stage and reports its time. */
export const timed = async <T>({ nowMs, onStage }: SolveTools, stage: string, run: () => T | Promise<T>): Promise<T> => {
  const startedMs = nowMs();
  const result = await run();
  onStage?.(stage, nowMs() - startedMs);
  return result;
};
