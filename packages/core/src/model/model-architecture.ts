import type { Attention } from "./attention/attention.ts";
import type { FeedForward } from "./feed-forward/feed-forward.ts";
import type { StoredFormats } from "./stored-formats.ts";

/** `count` equal layers in a row. */
export interface LayerGroup {
  readonly count: number;
  readonly attention: Attention;
  readonly feedForward: FeedForward;
  /** Norm vectors of hiddenSize elements: two in a pre-norm layer, four in a sandwich. */
  readonly hiddenNorms: number;
}

/** Multi-token prediction: extra layers that draft further tokens; stored, but loaded only for speculative decoding. */
export interface DraftLayers {
  readonly layer: LayerGroup;
  /** Whether each stores its own embedding and output head again. */
  readonly ownVocabulary: boolean;
}

/** What a config.json says about a decoder, in Hugging Face terms. */
export interface ModelArchitecture {
  readonly id: string | undefined;
  readonly modelType: string;
  readonly hiddenSize: number;
  readonly vocabSize: number;
  readonly tieWordEmbeddings: boolean;
  readonly maxPositionEmbeddings: number;
  /** In order, equal neighbours together. */
  readonly layers: readonly LayerGroup[];
  readonly draftLayers: DraftLayers | undefined;
  readonly storedFormats: StoredFormats;
  /** What the config leaves out of the count, in words: a vision tower, for example. */
  readonly absent: readonly string[];
}

export const numHiddenLayersOf = ({ layers }: ModelArchitecture): number => layers.reduce((sum, { count }) => sum + count, 0);
