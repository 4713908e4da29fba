import { matrix, vector, type WeightTensor } from "../weight-tensor.ts";
import type { AttentionKind } from "./attention-kind.ts";
import { recurrentKind } from "./recurrent-kind.ts";

/** Mamba-2 (arXiv 2405.21060), as Nemotron-H, Granite 4 and Bamba have it. */
export interface StateSpace {
  readonly kind: "state-space";
  readonly numHeads: number;
  readonly headDim: number;
  readonly stateSize: number;
  readonly groups: number;
  readonly convolutionKernel: number;
  readonly convolutionBias: boolean;
  readonly projectionBias: boolean;
  readonly stateBytesPerValue: number;
}

const innerSize = ({ numHeads, headDim }: StateSpace): number => numHeads * headDim;

/** Input, B and C pass through the convolution. */
const convolved = (attention: StateSpace): number => innerSize(attention) + 2 * attention.groups * attention.stateSize;

const tensors = (attention: StateSpace, hiddenSize: number): readonly WeightTensor[] => {
  const { numHeads, convolutionKernel, convolutionBias, projectionBias } = attention;
  const inner = innerSize(attention);
  const projected = inner + convolved(attention) + numHeads;
  const byTensor = { split: { by: "tensor" } } as const;
  return [
    matrix("attention", projected, hiddenSize),
    matrix("attention", convolved(attention), convolutionKernel, { quantized: false }),
    ...(convolutionBias ? [vector("attention", convolved(attention), byTensor)] : []),
    vector("attention", numHeads, { ...byTensor, copies: 3 }),
    vector("norms", inner, byTensor),
    matrix("attention", hiddenSize, inner),
    ...(projectionBias ? [vector("attention", projected, byTensor), vector("attention", hiddenSize)] : []),
  ];
};

export const stateSpace: AttentionKind<StateSpace> = recurrentKind({
  tensors,
  state: (attention) => ({
    heads: attention.numHeads,
    rows: attention.headDim,
    columns: attention.stateSize,
    bytesPerValue: attention.stateBytesPerValue,
    convolutionChannels: convolved(attention),
    convolutionInputs: attention.convolutionKernel - 1,
  }),
  stateOperations: 3,
  projectedWidths: (attention) => ({ query: innerSize(attention), keyValue: attention.groups * attention.stateSize }),
});
