import type { EngineName } from "../../request/engine.ts";
import type { Outcome } from "../../units/index.ts";
import type { Measurement, ResultFormatName } from "../measurement.ts";

type Figures = Pick<Measurement, "ttftMs" | "tpotMs" | "outputTokensPerSecond" | "measuredAt">;

/** How the requests came, as far as the file tells. */
export type RunLoad = Pick<Measurement, "concurrency" | "requestRatePerSecond">;

/** One run as its file describes it. */
export interface BenchmarkRun extends Figures, RunLoad {
  readonly engineName?: EngineName | undefined;
  readonly islTokens: number | undefined;
  readonly oslTokens: number | undefined;
}

/** The results of one benchmark program. */
export interface ResultFormat {
  readonly name: ResultFormatName;
  /** Whose engine it measures unless somebody says otherwise. */
  readonly usualEngine: EngineName;
  readonly recognises: (document: Readonly<Record<string, unknown>>) => boolean;
  /** The runs of one document; errors point into the document. */
  readonly runsOf: (document: unknown) => readonly Outcome<BenchmarkRun>[];
}
