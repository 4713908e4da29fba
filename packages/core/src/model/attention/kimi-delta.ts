import { matrix, vector, type WeightTensor } from "../weight-tensor.ts";
import type { AttentionKind } from "./attention-kind.ts";
import { recurrentKind } from "./recurrent-kind.ts";

/** Kimi Delta Attention (arXiv 2510.26692): a delta rule whose decay is told for every channel. */
export interface KimiDeltaAttention {
  readonly kind: "kimi-delta";
  readonly numHeads: number;
  readonly headDim: number;
  readonly convolutionKernel: number;
  /** "bottleneck": the output gate passes through one head's width, as the decay does; "full": one projection. */
  readonly outputGate: "bottleneck" | "full";
}

/** The decay (f) comes through a bottleneck of one head's width; query, key and value have a convolution each. */
const tensors = ({ numHeads, headDim, convolutionKernel, outputGate }: KimiDeltaAttention, hiddenSize: number): readonly WeightTensor[] => {
  const width = numHeads * headDim;
  const bottlenecks = outputGate === "full" ? 1 : 2;
  const byTensor = { split: { by: "tensor" } } as const;
  return [
    matrix("attention", width, hiddenSize, { copies: 3 }),
    matrix("attention", width, convolutionKernel, { copies: 3, quantized: false }),
    matrix("attention", headDim, hiddenSize, { copies: bottlenecks, split: { by: "replicated" }, quantized: false }),
    matrix("attention", width, headDim, { copies: bottlenecks, quantized: false }),
    ...(outputGate === "full" ? [matrix("attention", width, hiddenSize)] : []),
    matrix("attention", numHeads, hiddenSize, { quantized: false }),
    vector("attention", numHeads, { ...byTensor, alwaysFp32: true }),
    vector("attention", width, { ...byTensor, alwaysFp32: true }),
    vector("norms", headDim),
    matrix("attention", hiddenSize, width),
  ];
};

export const kimiDelta: AttentionKind<KimiDeltaAttention> = recurrentKind({
  tensors,
  state: ({ numHeads, headDim, convolutionKernel }) => ({
    heads: numHeads,
    rows: headDim,
    columns: headDim,
    bytesPerValue: 4,
    convolutionChannels: 3 * numHeads * headDim,
    convolutionInputs: convolutionKernel - 1,
  }),
  stateOperations: 3,
  projectedWidths: ({ numHeads, headDim }) => ({ query: numHeads * headDim, keyValue: numHeads * headDim }),
});
