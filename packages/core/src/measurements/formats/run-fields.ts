import { z } from "zod";
import { notNegative } from "../../request/fields.ts";
import { type Outcome, refuse, succeed } from "../../units/index.ts";
import type { RunLoad } from "./result-format.ts";

/** A figure that the run has no value for is null, left out, or 0: an answer of one token has no time between tokens. */
export const figure = notNegative().nullish();

export const figureOf = (value: number | null | undefined): number | undefined => value || undefined;

/** Requests a second; `inf`, or Python's Infinity, sends all at once. */
export const requestRate = z
  .union([notNegative(), z.enum(["inf", "trace"])], { error: 'must be a number of requests a second, or "inf"' })
  .nullish();

/** Runs in which more of the requests failed than this share say little about the ones that did not. */
const mostFailed = 0.05;

export const checkFailures = (pointer: string, { completed, failed }: { completed: number; failed: number }): Outcome<void> => {
  if (completed < 1) return refuse(pointer, "must be 1 or more: no request of this run was answered");
  if (failed / (completed + failed) <= mostFailed) return succeed(undefined);
  return refuse(pointer, `are ${failed} of ${completed + failed} requests: at most ${100 * mostFailed} % may fail for the rest to count`);
};

/** A server that answers less than this share of the offered rate was held back by the limit on clients. */
const keptUpShare = 0.9;

export interface OfferedLoad {
  readonly limit?: number | null | undefined;
  readonly rate?: z.output<typeof requestRate>;
  readonly answeredPerSecond?: number | null | undefined;
}

/** The one load that described the run: of a limit on clients and a rate, the one that held. */
export const loadOf = ({ limit, rate, answeredPerSecond }: OfferedLoad): RunLoad => {
  if (typeof rate !== "number" || rate === 0) return limit ? { concurrency: limit } : {};
  const keptUp = !answeredPerSecond || answeredPerSecond >= keptUpShare * rate;
  return limit && !keptUp ? { concurrency: limit } : { requestRatePerSecond: rate };
};
