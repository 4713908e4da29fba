import type { Plan, PlanLine } from "@headroom/core";
import { formatMs, formatSeconds } from "../format/quantities.ts";

export interface LatencyTarget {
  readonly id: "ttft" | "tpot" | "answer";
  readonly label: string;
  readonly meaning: string;
  readonly unit: "ms" | "s";
  readonly predictedMs: number;
  /** Undefined where the request sets none. */
  readonly targetMs: number | undefined;
  /** 80 % of measurements are expected in it; undefined where the estimate states none. */
  readonly bandMs: readonly [number, number] | undefined;
  readonly format: (ms: number) => string;
}

/** What a line promises of each latency against what was asked; nothing of a run that answers no requests. */
export const latencyTargets = (line: PlanLine, { request }: Plan): LatencyTarget[] => {
  const slo = request.services.find(({ name }) => name === line.for)?.slo ?? {};
  if (!line.predicted) return [];
  const { ttftMs, tpotMs, tpotMsInterval, requestLatencyMs } = line.predicted;
  return [
    {
      id: "ttft",
      label: "First token",
      meaning: "Time to first token (ttft).",
      unit: "ms",
      predictedMs: ttftMs,
      targetMs: slo.ttftMs,
      bandMs: undefined,
      format: formatMs,
    },
    {
      id: "tpot",
      label: "Per output token",
      meaning: "Time per output token (tpot): the rest of the answer over its remaining tokens.",
      unit: "ms",
      predictedMs: tpotMs,
      targetMs: slo.tpotMs,
      bandMs: tpotMsInterval,
      format: formatMs,
    },
    {
      id: "answer",
      label: "Whole answer",
      meaning: "From the request to its last token.",
      unit: "s",
      predictedMs: requestLatencyMs,
      targetMs: slo.requestLatencyMs,
      bandMs: undefined,
      format: formatSeconds,
    },
  ];
};
