import { bytesPerKvValue, type Replica, shareOnRank } from "../memory/index.ts";
import {
  attentionKind,
  elementsOf,
  embeddingTensor,
  headTensors,
  layerTensors,
  routingOf,
  storedBytes,
  type WeightTensor,
} from "../model/index.ts";

/** What one rank of a replica does for a token, added up over all its layers. Sizes in bytes, work in FLOPs. */
export interface ReplicaWork {
  readonly layers: number;
  readonly hiddenSize: number;
  /** Weights that every step reads. */
  readonly denseWeightBytes: number;
  /** Experts resident on the rank; a step reads those its tokens hit. */
  readonly mixtures: readonly MixtureWork[];
  /** Matrix work of one token outside the routed experts. */
  readonly denseFlopsPerToken: number;
  readonly expertFlopsPerToken: number;
  readonly attention: readonly AttentionWork[];
  readonly mixtureLayers: number;
}

interface MixtureWork {
  readonly weightBytes: number;
  readonly numExperts: number;
  readonly numExpertsPerToken: number;
}

interface AttentionWork {
  /** Cache bytes and FLOPs of one token against a context, over the group's layers. */
  readonly cacheBytes: (contextTokens: number) => number;
  readonly decodeFlops: (contextTokens: number) => number;
  /** Of a whole prompt, causally. */
  readonly prefillFlops: (promptTokens: number) => number;
}

/**
 * Work per rank. Pipeline stages hold a share of the layers each; a token passes through all of them, so the sums below
 * run over every layer and stand for the whole way of a token.
 */
export const replicaWork = ({ model, precision, layout }: Replica): ReplicaWork => {
  const { tensorParallelSize } = layout;
  let denseWeightBytes = 0;
  let denseFlopsPerToken = 0;
  let expertFlopsPerToken = 0;
  const mixtures: MixtureWork[] = [];
  const take = (tensor: WeightTensor, times: number): number => {
    const onRank = storedBytes(tensor, precision.weights) * shareOnRank(tensor, layout) * times;
    const work = 2 * elementsOf(tensor) * tensor.activeShare * times;
    if (tensor.role === "routedExperts") {
      expertFlopsPerToken += work / tensorParallelSize;
      return onRank;
    }
    denseWeightBytes += onRank;
    denseFlopsPerToken += work * shareOnRank(tensor, layout);
    return 0;
  };
  for (const group of model.layers) {
    const expertBytes = layerTensors(group, model.hiddenSize).reduce((sum, tensor) => sum + take(tensor, group.count), 0);
    const routing = routingOf(group.feedForward);
    if (routing) mixtures.push({ weightBytes: expertBytes, ...routing });
  }
  for (const tensor of headTensors(model)) take(tensor, 1);
  if (model.tieWordEmbeddings) take(embeddingTensor(model), 1);
  return {
    layers: model.layers.reduce((sum, { count }) => sum + count, 0),
    mixtureLayers: model.layers.reduce((sum, { count, feedForward }) => sum + (routingOf(feedForward) ? count : 0), 0),
    hiddenSize: model.hiddenSize,
    denseWeightBytes,
    denseFlopsPerToken,
    expertFlopsPerToken,
    mixtures,
    attention: attentionWork({ model, precision, layout }),
  };
};

const attentionWork = ({ model, precision, layout }: Pick<Replica, "model" | "precision" | "layout">): AttentionWork[] => {
  const { tensorParallelSize } = layout;
  const shape = { tensorParallelSize, bytesPerValue: bytesPerKvValue(precision.kvCache) };
  return model.layers.map(({ attention, count }) => {
    const kind = attentionKind(attention);
    return {
      cacheBytes: (contextTokens) => count * kind.decodeBytes(attention, { ...shape, contextTokens }),
      decodeFlops: (contextTokens) => (count * kind.decodeFlops(attention, contextTokens)) / tensorParallelSize,
      prefillFlops: (promptTokens) => (count * kind.prefillFlops(attention, promptTokens)) / tensorParallelSize,
    };
  });
};
