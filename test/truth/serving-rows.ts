import { estimatePerformance, type PerformanceEstimate, type PerformanceRequest } from "@headroom/core";
import { acceleratorNamed, engineNamed, layoutNamed, modelNamed, ownWeightFormat, versionIn, weightFormatIn } from "./names.ts";
import { numberIn, readTruth, type TruthRow, textIn } from "./read-truth.ts";

export type ServingMode = "agg-closed-loop" | "agg-offline-max" | "agg-open-loop";

/** A serving measurement that is specified well enough to be asked for. */
export interface ServingRow {
  readonly label: string;
  readonly mode: ServingMode;
  readonly request: PerformanceRequest;
  readonly architecture: string;
  readonly engine: string;
  readonly accelerator: string;
  readonly replicaSize: number;
  readonly concurrency: number | undefined;
  readonly measured: {
    readonly tpotMs: number | undefined;
    readonly ttftMs: number | undefined;
    readonly outputTokensPerSecondPerAccelerator: number | undefined;
  };
  /** TTFT that says something about the engine: not of a queue of seconds, nor marked suspect. */
  readonly ttftIsTrusted: boolean;
}

/** Quality A and B, without speculative decoding, with a layout and lengths that the contract can say. */
export const servingRows = (modes: readonly ServingMode[]): ServingRow[] =>
  readTruth("inference-throughput.csv").flatMap((row) => {
    const mode = modes.find((one) => one === textIn(row, "mode"));
    return mode !== undefined && isTrusted(row) ? (servingRow(row, mode) ?? []) : [];
  });

const isTrusted = (row: TruthRow): boolean =>
  ["A", "B"].includes(textIn(row, "quality")) && !/^(not|MTP|likely|NEXTN)/.test(textIn(row, "spec_decode"));

const servingRow = (row: TruthRow, mode: ServingMode): ServingRow | undefined => {
  const request = requestOf(row, mode);
  const { accelerator, engine, layout, workload } = request ?? {};
  if (!request || !accelerator || !engine?.name || !layout || !workload) return undefined;
  const replicaSize = (layout.tensorParallelSize ?? 1) * (layout.dataParallelSize ?? 1);
  const stated = numberIn(row, "n_gpus");
  if (stated !== undefined && stated !== replicaSize) return undefined;
  const ttftMs = numberIn(row, "ttft_ms");
  const concurrency = numberIn(row, "concurrency");
  return {
    label: ["id", "gpu", "engine", "arch", "precision", "parallelism", "isl", "osl", "concurrency"].map((key) => row[key]).join("|"),
    mode,
    request,
    architecture: textIn(row, "arch"),
    engine: engine.name,
    accelerator: accelerator.id,
    replicaSize,
    concurrency,
    measured: {
      tpotMs: numberIn(row, "tpot_ms"),
      ttftMs,
      outputTokensPerSecondPerAccelerator: numberIn(row, "tok_s_gpu_output") ?? numberIn(row, "tok_s_gpu_derived"),
    },
    ttftIsTrusted: ttftMs !== undefined && ttftMs < 5000 && (concurrency ?? 0) <= 64 && !/suspect/i.test(textIn(row, "note")),
  };
};

/** InferenceX draws lengths evenly from 0.8 to 1.0 of the nominal ones. */
const lengthShare = (row: TruthRow): number => (textIn(row, "note").includes("InferenceX") ? 0.9 : 1);

const requestOf = (row: TruthRow, mode: ServingMode): PerformanceRequest | undefined => {
  const model = modelNamed(textIn(row, "model"), textIn(row, "arch"));
  const accelerator = acceleratorNamed(textIn(row, "gpu"));
  const name = engineNamed(textIn(row, "engine"));
  const layout = layoutNamed(textIn(row, "parallelism"));
  const [isl, osl] = [numberIn(row, "isl"), numberIn(row, "osl")];
  if (!model || !accelerator || !name || !layout || !isl || !osl) return undefined;
  const weights = weightsOf(row, model);
  const version = textIn(row, "engine").toLowerCase().includes("nim") ? undefined : versionIn(textIn(row, "engine_version"));
  const share = lengthShare(row);
  const rate = mode === "agg-open-loop" ? numberIn(row, "request_rate_rps") : undefined;
  const concurrency = rate === undefined ? numberIn(row, "concurrency") : undefined;
  return {
    model: { config: model.config, id: textIn(row, "model") },
    accelerator: { id: accelerator },
    engine: { name, ...(version === undefined ? {} : { version }) },
    layout,
    ...(weights === undefined ? {} : { precision: { weights } }),
    workload: {
      islTokens: Math.round(isl * share),
      oslTokens: Math.max(1, Math.round(osl * share)),
      ...(concurrency === undefined ? {} : { concurrency }),
      ...(rate === undefined ? {} : { requestRatePerSecond: rate }),
    },
  };
};

/** The format a row names, where it is not the model's own. */
const weightsOf = (row: TruthRow, model: Parameters<typeof ownWeightFormat>[0]) => {
  const own = ownWeightFormat(model);
  const named = textIn(row, "precision");
  const isOwn = own === "mxfp4" && ["fp4", "mxfp4"].includes(named.toLowerCase());
  const format = isOwn ? own : weightFormatIn(named);
  return format === own ? undefined : format;
};

export type ServingQuantity = "tpotMs" | "ttftMs" | "outputTokensPerSecondPerAccelerator";

/** One figure of a row beside what is estimated for it; `predicted` is undefined where the request is refused. */
export interface ServingPrediction {
  readonly label: string;
  readonly quantity: ServingQuantity;
  readonly predicted: number | undefined;
  readonly measured: number;
  /** 80 % band of the estimate, where the answer gives one. */
  readonly band: readonly [low: number, high: number] | undefined;
  readonly engine: string;
  readonly accelerator: string;
  readonly model: string;
  readonly replicaSize: number;
  readonly regime: "light" | "moderate" | "heavy" | "saturated";
  readonly mode: ServingMode;
  readonly ttftIsTrusted: boolean;
}

/** What the public estimate says of every row, figure by figure. */
export const servingPredictions = (modes: readonly ServingMode[]): ServingPrediction[] =>
  servingRows(modes).flatMap((row) => {
    const answer = estimatePerformance(row.request);
    return predictionsOf(row, answer.ok ? answer.value : undefined);
  });

const predictionsOf = (row: ServingRow, answer: PerformanceEstimate | undefined): ServingPrediction[] => {
  const { label, engine, accelerator, replicaSize, mode, measured, ttftIsTrusted } = row;
  const shared = { label, engine, accelerator, model: row.architecture, replicaSize, regime: regimeOfRow(row), mode, ttftIsTrusted };
  const { outputTokensPerSecond, tpotMs } = answer?.interval ?? {};
  const perAccelerator =
    outputTokensPerSecond && ([outputTokensPerSecond[0] / replicaSize, outputTokensPerSecond[1] / replicaSize] as const);
  const figure = (quantity: ServingQuantity, predicted: number | undefined, band: ServingPrediction["band"]): ServingPrediction[] =>
    measured[quantity] === undefined ? [] : [{ ...shared, quantity, predicted, measured: measured[quantity], band }];
  return [
    ...figure("tpotMs", answer?.tpotMs.mean, tpotMs),
    ...figure("ttftMs", answer?.ttftMs?.mean, undefined),
    ...figure("outputTokensPerSecondPerAccelerator", answer?.outputTokensPerSecondPerAccelerator, perAccelerator),
  ];
};

const regimeOfRow = ({ concurrency }: ServingRow): ServingPrediction["regime"] => {
  if (concurrency === undefined) return "saturated";
  return concurrency <= 8 ? "light" : concurrency <= 64 ? "moderate" : "heavy";
};
