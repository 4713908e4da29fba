import { pipelineStages } from "../memory/index.ts";
import { attentionKind, type LayerGroup, layerTensors, routingOf, type WeightTensor } from "../model/index.ts";
import { layerBytes } from "./activation-memory.ts";
import { trainedElements } from "./model-states.ts";
import { outerStages, type RankTensor, rankTensors } from "./rank-tensors.ts";
import { isCounted, type TrainingRun } from "./resolve-training.ts";
import { tileWaste, tokenWork } from "./token-work.ts";

/** What one micro-batch takes on one rank of a mean pipeline stage. Depends on the run alone, not on how fast anything is. */
export interface TrainingStepWork {
  /** Of one forward pass. */
  readonly denseFlops: number;
  readonly expertFlops: number;
  readonly headFlops: number;
  readonly attentionFlops: number;
  readonly scanFlops: number;
  /** Activations kept by a whole forward pass, in layers without and with experts. */
  readonly denseActivationBytes: number;
  readonly expertActivationBytes: number;
  /** Of the mean stage. */
  readonly logits: number;
  readonly denseLayers: number;
  readonly expertLayers: number;
  /** Of the rank's experts; absent without experts. */
  readonly experts: { readonly tokensEach: number; readonly width: number; readonly inputWidth: number } | undefined;
  /** One 16-bit copy of the hidden states that a rank holds, in each layer. */
  readonly hiddenBytes: number;
  /** Keys and values of a rank's tokens, over its layers. */
  readonly keyValueBytes: number;
  /** What a rank sends to experts, over its layers: one 16-bit copy for each token and expert. */
  readonly routedBytes: number;
  readonly numExpertsPerToken: number;
  /** By how many ranks hold the same: elements of weights, and of those that are trained. */
  readonly parameters: readonly { readonly replicas: number; readonly elements: number; readonly trained: number }[];
}

export const trainingStepWork = (run: TrainingRun): TrainingStepWork => {
  const { model, layout, sequenceLength, microBatchSize } = run;
  const { tensorParallelSize, pipelineParallelSize, contextParallelSize } = layout;
  const tokens = (sequenceLength / contextParallelSize) * microBatchSize;
  const work = tokenWork(model, sequenceLength, tileWaste);
  const flops = (ofToken: number) => (tokens * ofToken) / (tensorParallelSize * pipelineParallelSize);
  const overLayers = (of: (group: LayerGroup) => number) =>
    model.layers.reduce((sum, group) => sum + group.count * of(group), 0) / pipelineParallelSize;
  const routed = (group: LayerGroup) => routingOf(group.feedForward) !== undefined;
  const keyValue = ({ attention }: LayerGroup) => 2 * attentionKind(attention).projectedWidths(attention).keyValue;
  const perToken = (group: LayerGroup) => routingOf(group.feedForward)?.numExpertsPerToken ?? 0;
  const experts = expertsOnRank(run, tokens);
  return {
    denseFlops: flops(work.denseFlops),
    expertFlops: flops(work.expertFlops),
    headFlops: flops(work.headFlops),
    attentionFlops: flops(work.attentionFlops),
    scanFlops: flops(work.scanFlops),
    denseActivationBytes: tokens * overLayers((group) => (routed(group) ? 0 : layerBytes(run, group, 1))),
    expertActivationBytes: tokens * overLayers((group) => (routed(group) ? layerBytes(run, group, 1) : 0)),
    logits: (tokens * model.vocabSize) / (tensorParallelSize * pipelineParallelSize),
    denseLayers: overLayers((group) => (routed(group) ? 0 : 1)),
    expertLayers: overLayers((group) => (routed(group) ? 1 : 0)),
    experts,
    hiddenBytes: 2 * tokens * model.hiddenSize * overLayers(() => 1),
    keyValueBytes: (2 * tokens * overLayers(keyValue)) / tensorParallelSize,
    routedBytes: (2 * tokens * (experts?.inputWidth ?? 0) * overLayers(perToken)) / tensorParallelSize,
    numExpertsPerToken: Math.max(0, ...model.layers.map(perToken)),
    parameters: parametersByReplicas(run),
  };
};

const expertsOnRank = ({ model, layout }: TrainingRun, tokens: number): TrainingStepWork["experts"] => {
  const group = model.layers.find(({ feedForward }) => routingOf(feedForward) !== undefined);
  const routing = group && routingOf(group.feedForward);
  if (!group || !routing) return undefined;
  const { tensorParallelSize, expertParallelSize } = layout;
  const ranks = expertParallelSize > 1 ? expertParallelSize / tensorParallelSize : 1;
  const cut = expertParallelSize > 1 ? 1 : tensorParallelSize;
  const isExpert = ({ role, columns }: WeightTensor) => role === "routedExperts" && columns > 1;
  const expert = layerTensors(group, model.hiddenSize).find(isExpert);
  return {
    tokensEach: (tokens * Math.max(1, ranks) * routing.numExpertsPerToken) / routing.numExperts,
    width: (isCounted(model) ? model.hiddenSize : Math.min(expert?.rows ?? 1, expert?.columns ?? 1)) / cut,
    inputWidth: isCounted(model) ? model.hiddenSize : (expert?.columns ?? model.hiddenSize),
  };
};

/** The mean stage, so that neither end's vocabulary counts for all. */
const parametersByReplicas = (run: TrainingRun): TrainingStepWork["parameters"] => {
  const { model, layout } = run;
  const stages = layout.pipelineParallelSize;
  const all: readonly RankTensor[] =
    stages === 1
      ? outerStages(model, layout).flatMap((stage) => rankTensors(model, stage, layout))
      : pipelineStages(model, stages).flatMap((stage) => rankTensors(model, stage, layout));
  const byReplicas = new Map<number, { elements: number; trained: number }>();
  for (const part of all) {
    const sum = byReplicas.get(part.replicas) ?? { elements: 0, trained: 0 };
    byReplicas.set(part.replicas, {
      elements: sum.elements + part.elements / stages,
      trained: sum.trained + trainedElements(run, part) / stages,
    });
  }
  return [...byReplicas].map(([replicas, sums]) => ({ replicas, ...sums }));
};
