import type { MeasuredRow } from "../truth/errors.ts";
import { measuredMemory } from "../truth/inference-memory-rows.ts";
import { servingPredictions } from "../truth/serving-rows.ts";
import { trainingMemoryErrors } from "../truth/training-memory-rows.ts";
import { trainingThroughputErrors } from "../truth/training-throughput-rows.ts";
import { leftOutIn } from "./left-out.ts";
import type { MeasuredFigure } from "./measured-figure.ts";
import { memoryReasons, servingReasons, trainingMemoryReasons, trainingSpeedReasons } from "./reasons.ts";
import type { AccuracyChapter } from "./render-accuracy.ts";

/** Every measurement that the estimates are held against, by what is estimated. */
export const accuracyChapters = (): readonly AccuracyChapter[] => [
  {
    title: "Memory of serving",
    about:
      "What vLLM and SGLang report at start, sequences that TensorRT-LLM ran at once, peaks of plain transformers. KV bytes of hybrid models are left out: they are judged by the concurrency they allow.",
    figures: measuredMemory(),
    reasons: memoryReasons,
  },
  {
    title: "Latency and throughput of serving",
    about:
      "Closed loops and offline maxima of public benchmarks whose speculative decoding is known to be off. What others claim for models of this kind: Vidur under 9 % of latency where it has profiled, BLIS 7 % ITL and 18 % TTFT on unseen configurations, AIConfigurator 5 to 25 %.",
    figures: servingFigures(),
    leftOut: leftOutIn("performance/data/serving-coefficients.ts"),
    reasons: servingReasons,
  },
  {
    title: "Memory of training",
    about: "Peaks that training frameworks and their users report.",
    figures: trainingMemoryErrors().map(figureOfTraining),
    leftOut: leftOutIn("training/data/training-bands.ts", "memory"),
    reasons: trainingMemoryReasons,
  },
  {
    title: "Speed of training",
    about: "Tokens per second and accelerator of public runs from 1 to 16,384 accelerators, 2023 to 2026.",
    figures: trainingThroughputErrors().map(figureOfTraining),
    leftOut: leftOutIn("training/data/training-bands.ts", "speed"),
    reasons: trainingSpeedReasons,
  },
];

const figureOfTraining = ({ framework, model, ...row }: MeasuredRow): MeasuredFigure => ({ ...row, engine: framework, modelFamily: model });

const servingQuantities = {
  tpotMs: "time per output token",
  ttftMs: "time to first token, concurrency to 64, under 5 s",
  outputTokensPerSecondPerAccelerator: "output tokens per second and accelerator",
} as const;

const servingFigures = (): MeasuredFigure[] =>
  servingPredictions(["agg-closed-loop", "agg-offline-max"])
    .filter(({ quantity, ttftIsTrusted }) => quantity !== "ttftMs" || ttftIsTrusted)
    .map(({ quantity, band, model, replicaSize, regime, ...row }) => ({
      ...row,
      quantity: servingQuantities[quantity],
      modelFamily: model,
      groups: { "accelerators of a replica": String(replicaSize), load: regime },
      ...(band ? { interval: band } : {}),
    }));
