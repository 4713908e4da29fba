import type { ModelSketch } from "../request/model-reference.ts";
import type { Attention } from "./attention/attention.ts";
import type { ExpertRouting } from "./feed-forward/feed-forward-kind.ts";
import type { LayerGroup, ModelArchitecture } from "./model-architecture.ts";
import { storedFormat, uniformFormats } from "./stored-formats.ts";

/** Typical of today's decoders: eight key-value heads of 128. */
const usual = { kvHeads: 8, headDim: 128, vocabSize: 131_072, maxPositionEmbeddings: 32_768 };

/**
 * A model by counts alone. Its weights are exact; where the sketch leaves out a shape it is assumed, and `assumed` names it:
 *
 *   layers = ∛(P / (12 · 128²)), hiddenSize = 128 · layers        (P: parameters that one token uses)
 *
 * 12 · hidden² a layer is the weight of attention and MLP, and decoders are about 128 times as wide as deep
 * (Llama 3.1 8B: 32 and 4096; 70B: 80 and 8192).
 */
export const fromSketch = (sketch: ModelSketch, id: string | undefined): ModelArchitecture => {
  const counts = countsOf(sketch);
  const active = counts.dense + counts.perExpert * (counts.routing?.numExpertsPerToken ?? 0);
  const assumedLayers = Math.max(1, Math.min(1000, Math.round(Math.cbrt(active / (12 * 128 ** 2)))));
  const layers = sketch.layers ?? assumedLayers;
  const headDim = sketch.headDim ?? usual.headDim;
  const hiddenSize = sketch.hiddenSize ?? 128 * assumedLayers;
  const kvHeads = sketch.kvHeads ?? usual.kvHeads;
  return {
    id,
    modelType: "sketch",
    hiddenSize,
    vocabSize: usual.vocabSize,
    tieWordEmbeddings: false,
    vocabularyWeights: "counted-in-layers",
    finalNorms: 0,
    maxPositionEmbeddings: usual.maxPositionEmbeddings,
    layers: countedLayers({ counts, layers, hiddenSize, attention: attentionOf({ hiddenSize, headDim, kvHeads }) }),
    draftLayers: undefined,
    storedFormats: uniformFormats(storedFormat("bf16")),
    absent: [],
    assumed: [
      ...(["layers", "hiddenSize", "kvHeads", "headDim"] as const).filter((field) => sketch[field] === undefined),
      "vocabSize",
      "maxPositionEmbeddings",
    ],
  };
};

interface Counts {
  readonly dense: number;
  readonly router: number;
  readonly perExpert: number;
  readonly routing: ExpertRouting | undefined;
}

const countsOf = (sketch: ModelSketch): Counts => {
  if ("parameters" in sketch) return { dense: sketch.parameters, router: 0, perExpert: 0, routing: undefined };
  const { experts, expertsPerToken, activatedShare = 0 } = sketch;
  return {
    dense: sketch.sharedParameters,
    router: sketch.routerParameters ?? 0,
    perExpert: sketch.parametersPerExpert,
    routing: { numExperts: experts, numExpertsPerToken: expertsPerToken ?? activatedShare * experts },
  };
};

interface Shape {
  readonly hiddenSize: number;
  readonly headDim: number;
  readonly kvHeads: number;
}

/** Query heads fill the hidden size, in whole groups. */
const attentionOf = ({ hiddenSize, headDim, kvHeads }: Shape): Attention => ({
  kind: "counted",
  shape: {
    kind: "grouped-query",
    numAttentionHeads: kvHeads * Math.max(1, Math.round(hiddenSize / headDim / kvHeads)),
    numKeyValueHeads: kvHeads,
    headDim,
    queryKeyValueBias: false,
    outputBias: false,
    queryKeyNorm: "none",
  },
});

interface CountedLayersInput {
  readonly counts: Counts;
  readonly layers: number;
  readonly hiddenSize: number;
  readonly attention: Attention;
}

/** Equal layers but for the last, which takes what does not divide. */
const countedLayers = ({ counts, layers, hiddenSize, attention }: CountedLayersInput): LayerGroup[] => {
  const shareOf = (total: number, isLast: boolean) => Math.floor(total / layers) + (isLast ? total % layers : 0);
  const group = (count: number, isLast: boolean): LayerGroup => ({
    count,
    attention,
    feedForward: {
      kind: "counted",
      denseParameters: shareOf(counts.dense, isLast),
      routerParameters: shareOf(counts.router, isLast),
      parametersPerExpert: shareOf(counts.perExpert, isLast),
      ...(counts.routing ? { routing: counts.routing } : {}),
      intermediateSize: 4 * hiddenSize,
    },
    hiddenNorms: 0,
  });
  return layers > 1 ? [group(layers - 1, false), group(1, true)] : [group(1, true)];
};
