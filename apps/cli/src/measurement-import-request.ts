import { readFileSync } from "node:fs";

/** What the command line says of the replica that was measured; its words are checked with the rest of the request. */
export interface ImportWords {
  readonly file: string;
  readonly model: string;
  readonly accelerator: string;
  readonly format?: string | undefined;
  readonly tensorParallel?: string | undefined;
  readonly pipelineParallel?: string | undefined;
  readonly dataParallel?: string | undefined;
  readonly expertParallel?: boolean | undefined;
  readonly engine?: string | undefined;
  readonly engineVersion?: string | undefined;
  readonly weights?: string | undefined;
  readonly kvCache?: string | undefined;
  readonly concurrency?: string | undefined;
  readonly requestRate?: string | undefined;
}

/** The request to import that the words make, of the API's shape; `--model` may be the file of a config.json. */
export const measurementImportRequest = (words: ImportWords): unknown => ({
  ...(words.format === undefined ? {} : { format: words.format }),
  model: words.model.endsWith(".json") ? { config: JSON.parse(readFileSync(words.model, "utf8")) } : { id: words.model },
  accelerator: { id: words.accelerator },
  layout: present({
    tensorParallelSize: numberOf(words.tensorParallel),
    pipelineParallelSize: numberOf(words.pipelineParallel),
    dataParallelSize: numberOf(words.dataParallel),
    expertParallel: words.expertParallel,
  }),
  engine: present({ name: words.engine, version: words.engineVersion }),
  precision: present({ weights: words.weights, kvCache: words.kvCache }),
  workload: present({ concurrency: numberOf(words.concurrency), requestRatePerSecond: numberOf(words.requestRate) }),
  text: readFileSync(words.file, "utf8"),
});

/** A word that is no number stays a word, for the request's own check to name. */
const numberOf = (word: string | undefined): number | string | undefined =>
  word === undefined || word.trim() === "" || !Number.isFinite(Number(word)) ? word : Number(word);

const present = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
