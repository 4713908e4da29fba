import type { PipelineStage } from "../memory/index.ts";
import { attentionKind, feedForwardKind, type LayerGroup, type WeightTensor } from "../model/index.ts";
import { isCounted, type TrainingRun } from "./resolve-training.ts";
import type { TrainingMemoryCoefficients } from "./training-memory-coefficients.ts";

const activationBytes = 2;

/** Activations of one pipeline stage on one rank. */
export interface StageActivations {
  /** Wait for the backward pass, all micro-batches in flight together. */
  readonly keptBytes: number;
  /** Of the one layer that is computed again before its backward pass. */
  readonly recomputedBytes: number;
}

/**
 * Activations that wait for the backward pass, 16-bit. For one token and layer with hidden size h:
 *
 *   whole on each tensor rank unless sequence parallelism spreads it   8h       inputs and outputs of two norms
 *   spread by tensor parallelism     2 · (what the matrices give and take)      queries, keys, values, gate, up, product
 *   old attention kernels            2h of dropout masks, and 5 · heads · attended tokens for the scores
 *
 * Full recomputation keeps the layer's input, 2h, and one layer whole. Of p stages under 1F1B the first holds p micro-batches,
 * with v chunks p + (p − 1)/v (Megatron, arXiv 2205.05198: 34 s b h / t with sequence parallelism and no kept scores).
 */
export const stageActivations = (run: TrainingRun, stage: PipelineStage, coefficients: TrainingMemoryCoefficients): StageActivations => {
  const tokens = (run.sequenceLength / run.layout.contextParallelSize) * run.microBatchSize;
  const selectiveShare = run.traits.selective === "scores" ? 1 : coefficients.everySecondMatrixShare;
  const whole = stage.layers.map((group) => ({ group, bytes: tokens * layerBytes(run, group, coefficients.expertTokenImbalance) }));
  const kept = whole.reduce((sum, { group, bytes }) => sum + group.count * keptBytes(run, { whole: bytes, tokens, selectiveShare }), 0);
  const largest = Math.max(0, ...whole.map(({ bytes }) => bytes));
  if (run.offload.has("activations")) return { keptBytes: 0, recomputedBytes: offloadedLayers * largest };
  return { keptBytes: kept * inFlight(run, stage), recomputedBytes: run.recompute === "full" ? largest : 0 };
};

/** One layer computes while the next one's activations travel. */
const offloadedLayers = 2;

interface LayerActivations {
  readonly whole: number;
  readonly tokens: number;
  readonly selectiveShare: number;
}

const keptBytes = (run: TrainingRun, { whole, tokens, selectiveShare }: LayerActivations): number => {
  const input = tokens * activationBytes * run.model.hiddenSize * outsideShare(run);
  switch (run.recompute) {
    case "full":
      return input;
    case "selective":
      return Math.max(input, whole * selectiveShare);
    case "none":
      return whole;
  }
};

/** Micro-batches that a stage has read but not yet returned; the last stage returns each at once. */
const inFlight = ({ layout, microBatches }: TrainingRun, { isFirst }: PipelineStage): number => {
  const { pipelineParallelSize, virtualPipelineSize } = layout;
  const warm = isFirst ? pipelineParallelSize : 1;
  const interleaved = virtualPipelineSize > 1 ? (pipelineParallelSize - 1) / virtualPipelineSize : 0;
  return Math.min(microBatches, warm + interleaved);
};

const outsideShare = ({ layout }: TrainingRun): number => (layout.sequenceParallel ? 1 / layout.tensorParallelSize : 1);

/** Bytes of one token in one layer on one rank, the hottest rank's where experts are loaded unevenly. */
export const layerBytes = (run: TrainingRun, group: LayerGroup, expertTokenImbalance: number): number => {
  const { hiddenSize } = run.model;
  const { attention, feedForward } = group;
  const blocks = [attentionKind(attention).tensors(attention, hiddenSize), feedForwardKind(feedForward).tensors(feedForward, hiddenSize)];
  const norms = blocks.filter((tensors) => tensors.length > 0).length;
  const outside = (norms * 2 * activationBytes + (run.unfusedAttention ? 2 : 0)) * hiddenSize * outsideShare(run);
  const inside = isCounted(run.model)
    ? activationBytes * declaredWidth(group)
    : blocks
        .flat()
        .reduce(
          (sum, tensor) =>
            sum + activationBytes * widthKept(tensor, hiddenSize) * (tensor.role === "routedExperts" ? expertTokenImbalance : 1),
          0,
        );
  return outside + (inside + scoreBytes(run, group)) / run.layout.tensorParallelSize;
};

/** A sketch gives counts of weights without the shapes of matrices: its widths are those that its kinds declare. */
const declaredWidth = ({ attention, feedForward }: LayerGroup): number => {
  const { query, keyValue } = attentionKind(attention).projectedWidths(attention);
  return 2 * query + 2 * keyValue + feedForwardKind(feedForward).intermediateWidth(feedForward);
};

/**
 * Elements of one token that wait because of a matrix: what it gives, or where it leads back to the hidden size, what it takes.
 * Routed experts also keep a copy of their input and output for each expert a token goes to, and hot experts get more.
 */
const widthKept = ({ rows, columns, copies, activeShare, role }: WeightTensor, hiddenSize: number): number => {
  if (columns === 1) return 0;
  const leadsBack = rows === hiddenSize && columns !== hiddenSize;
  const width = (leadsBack ? columns : rows) * copies * activeShare;
  if (role !== "routedExperts") return width;
  const routedCopies = columns === hiddenSize ? 0 : 2 * rows * copies * activeShare;
  return width + routedCopies;
};

/** Kernels before FlashAttention keep each head's scores twice and a dropout mask, unless they are recomputed. */
const scoreBytes = ({ unfusedAttention, recompute, sequenceLength }: TrainingRun, { attention }: LayerGroup): number =>
  unfusedAttention && recompute === "none" ? 5 * attentionKind(attention).heads(attention) * sequenceLength : 0;
