import type { Attention } from "./attention/attention.ts";
import { type FeedForward, routingOf } from "./feed-forward/feed-forward.ts";
import type { StoredFormats } from "./stored-formats.ts";
import type { WeightTensor } from "./weight-tensor.ts";

/** `count` equal layers in a row. Either part may be of kind "none". */
export interface LayerGroup {
  readonly count: number;
  readonly attention: Attention;
  readonly feedForward: FeedForward;
  /** Norm vectors of hiddenSize elements: two in a pre-norm layer, four in a sandwich, twice that with biases. */
  readonly hiddenNorms: number;
  /** What a layer holds beside these: hyper-connections, layer scales. */
  readonly otherTensors?: readonly WeightTensor[];
}

/** Multi-token prediction: extra modules that draft further tokens; stored, but loaded only for speculative decoding. */
export interface DraftLayers {
  /** The layer of one module; `count` is the number of modules. */
  readonly layer: LayerGroup;
  /** Whether each stores its own embedding and output head again. */
  readonly ownVocabulary: boolean;
  /** What a module holds beside its layer; absent: as DeepSeek-V3, three norms and one 2·hidden → hidden projection. */
  readonly otherTensors?: readonly WeightTensor[];
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
  /** Absent: stored. A sketch counts them within its layers. */
  readonly vocabularyWeights?: "stored" | "counted-in-layers";
  /** Norm vectors after the last layer; absent: one. */
  readonly finalNorms?: number;
  /** Beside the token embedding: learned positions, an embedding norm. */
  readonly embeddingExtras?: readonly WeightTensor[];
  /** Beside the output head: its bias. */
  readonly headExtras?: readonly WeightTensor[];
  readonly draftLayers: DraftLayers | undefined;
  readonly storedFormats: StoredFormats;
  /** What the config leaves out of the count, in words: a vision tower, for example. */
  readonly absent: readonly string[];
  /** What nobody told about the shape, so that everything but the weights is an assumption: of a sketch only. */
  readonly assumed?: readonly string[];
}

export const numHiddenLayersOf = ({ layers }: ModelArchitecture): number => layers.reduce((sum, { count }) => sum + count, 0);

export const hasExperts = ({ layers }: ModelArchitecture): boolean =>
  layers.some(({ feedForward }) => routingOf(feedForward) !== undefined);
