import { attentionKind, elementsOf, layerTensors, type ModelArchitecture, type WeightTensor } from "../model/index.ts";
import { isCounted } from "./resolve-training.ts";

/** What the forward pass of one token takes, over the whole model, in FLOPs. */
export interface TokenWork {
  readonly denseFlops: number;
  readonly expertFlops: number;
  readonly headFlops: number;
  /** Scores and weighted sums, the mean over the sequence. */
  readonly attentionFlops: number;
  /** The same where a layer keeps a state: scans, which fill matrix units far less. */
  readonly scanFlops: number;
}

/** Two FLOPs for each element of a matrix that a token meets, times what a matrix of its shape wastes. */
export const tokenWork = (
  model: ModelArchitecture,
  sequenceLength: number,
  waste: (tensor: WeightTensor) => number = () => 1,
): TokenWork => {
  const work = {
    denseFlops: 0,
    expertFlops: 0,
    attentionFlops: 0,
    scanFlops: 0,
    headFlops: isCounted(model) ? 0 : 2 * model.vocabSize * model.hiddenSize,
  };
  for (const group of model.layers) {
    for (const tensor of layerTensors(group, model.hiddenSize)) {
      if (tensor.columns === 1) continue;
      const flops = 2 * elementsOf(tensor) * tensor.activeShare * group.count * waste(tensor);
      if (tensor.role === "routedExperts") work.expertFlops += flops;
      else work.denseFlops += flops;
    }
    const kind = attentionKind(group.attention);
    const mixing = (kind.prefillFlops(group.attention, sequenceLength) / sequenceLength) * group.count;
    const keepsState = kind.fixedBytesPerRequestPerLayer(group.attention, { tensorParallelSize: 1, bytesPerValue: 2 }) > 0;
    if (keepsState) work.scanFlops += mixing;
    else work.attentionFlops += mixing;
  }
  return work;
};

/** Model FLOPs of one token, forward and back: 6 for each parameter that it meets, and three times its causal attention. */
export const modelFlopsPerToken = (model: ModelArchitecture, sequenceLength: number): number =>
  3 * Object.values(tokenWork(model, sequenceLength)).reduce((sum, part) => sum + part, 0);

/** Kernels multiply in tiles of this width and fill the last one with zeros. */
const tileWidth = 256;

const padded = (width: number): number => (Math.ceil(width / tileWidth) * tileWidth) / width;

/**
 * FLOPs that tiles compute over those a matrix needs. The forward pass tiles its rows, the input's gradient its columns,
 * the weight's gradient both. gpt-oss, 2880 × 2880: (1.067 + 1.067 + 1.138) / 3 = 1.09.
 */
export const tileWaste = ({ rows, columns }: Pick<WeightTensor, "rows" | "columns">): number =>
  Math.min(rows, columns) < tileWidth ? 1 : (padded(rows) + padded(columns) + padded(rows) * padded(columns)) / 3;
