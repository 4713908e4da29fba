import { bytesPerKvValue, type Replica, shareOnRank } from "../memory/index.ts";
import {
  type ExpertRouting,
  elementsOf,
  embeddingTensor,
  headTensors,
  layerTensors,
  routingOf,
  storedBytes,
  type WeightTensor,
} from "../model/index.ts";
import type { WeightFormat } from "../request/precision.ts";
import { type AttentionWork, attentionWork } from "./attention-work.ts";

/** What one rank of a replica does for a token, added up over all its layers. Sizes in bytes, work in FLOPs. */
export interface ReplicaWork {
  readonly layers: number;
  readonly mixtureLayers: number;
  readonly hiddenSize: number;
  /** Matrix products of a token's whole way: as many kernels at least. */
  readonly matrices: number;
  /** Outside the routed experts, by the format the weights are stored in. */
  readonly dense: readonly DenseWork[];
  readonly mixtures: readonly MixtureWork[];
  readonly attention: readonly AttentionWork[];
}

export interface DenseWork {
  readonly format: WeightFormat;
  /** Every step reads them. */
  readonly weightBytes: number;
  readonly flopsPerToken: number;
}

export interface MixtureWork {
  readonly format: WeightFormat;
  /** Of all experts on the rank; a step reads those its tokens hit. */
  readonly weightBytes: number;
  readonly flopsPerToken: number;
  readonly numExperts: number;
  readonly numExpertsPerToken: number;
}

/**
 * Work per rank. Pipeline stages hold a share of the layers each; a token passes through all of them, so the sums below
 * run over every layer and stand for the whole way of a token.
 */
export const replicaWork = ({ model, precision, layout }: Replica): ReplicaWork => {
  const sums: Sums = { replica: { precision, layout }, dense: new Map(), mixtures: new Map(), matrices: 0 };
  for (const group of model.layers) {
    const mixture = routingOf(group.feedForward);
    for (const tensor of layerTensors(group, model.hiddenSize)) add(sums, tensor, { times: group.count, mixture });
  }
  for (const tensor of headTensors(model)) add(sums, tensor, { times: 1 });
  if (model.tieWordEmbeddings) add(sums, embeddingTensor(model), { times: 1 });
  return {
    layers: model.layers.reduce((sum, { count }) => sum + count, 0),
    mixtureLayers: model.layers.reduce((sum, { count, feedForward }) => sum + (routingOf(feedForward) ? count : 0), 0),
    hiddenSize: model.hiddenSize,
    matrices: sums.matrices,
    dense: [...sums.dense.values()],
    mixtures: [...sums.mixtures.values()],
    attention: attentionWork(model, {
      tensorParallelSize: layout.tensorParallelSize,
      bytesPerValue: bytesPerKvValue(precision.kvCache),
      contextParallelSize: layout.contextParallelSize ?? 1,
    }),
  };
};

type Writable<T> = { -readonly [K in keyof T]: T[K] };

interface Sums {
  readonly replica: Pick<Replica, "precision" | "layout">;
  readonly dense: Map<WeightFormat, Writable<DenseWork>>;
  readonly mixtures: Map<string, Writable<MixtureWork>>;
  matrices: number;
}

interface Place {
  readonly times: number;
  readonly mixture?: ExpertRouting | undefined;
}

const add = (sums: Sums, tensor: WeightTensor, { times, mixture }: Place): void => {
  const { precision, layout } = sums.replica;
  const stored = tensor.quantized ? precision.weights.byRole[tensor.role] : precision.weights.wide;
  const weightBytes = storedBytes(tensor, precision.weights) * shareOnRank(tensor, layout) * times;
  const work = 2 * elementsOf(tensor) * tensor.activeShare * times;
  if (tensor.columns > 1) sums.matrices += times;
  if (tensor.role === "routedExperts" && mixture) {
    const { numExperts, numExpertsPerToken } = mixture;
    const key = `${stored.format} ${numExperts} ${numExpertsPerToken}`;
    const sum = sums.mixtures.get(key) ?? { format: stored.format, weightBytes: 0, flopsPerToken: 0, numExperts, numExpertsPerToken };
    sum.weightBytes += weightBytes;
    sum.flopsPerToken += work / layout.tensorParallelSize;
    sums.mixtures.set(key, sum);
    return;
  }
  const sum = sums.dense.get(stored.format) ?? { format: stored.format, weightBytes: 0, flopsPerToken: 0 };
  sum.weightBytes += weightBytes;
  sum.flopsPerToken += work * shareOnRank(tensor, layout);
  sums.dense.set(stored.format, sum);
};
