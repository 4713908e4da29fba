import { matrix, vector, type WeightTensor } from "../weight-tensor.ts";
import type { AttentionKind } from "./attention-kind.ts";
import { recurrentKind } from "./recurrent-kind.ts";

/** Gated DeltaNet (arXiv 2412.06464), the linear attention of Qwen3-Next and Qwen3.5. */
export interface GatedDeltaNet {
  readonly kind: "gated-delta";
  readonly keyHeads: number;
  readonly valueHeads: number;
  readonly keyHeadDim: number;
  readonly valueHeadDim: number;
  readonly convolutionKernel: number;
  readonly stateBytesPerValue: number;
}

const convolved = ({ keyHeads, keyHeadDim, valueHeads, valueHeadDim }: GatedDeltaNet): number =>
  2 * keyHeads * keyHeadDim + valueHeads * valueHeadDim;

/** Projections of query, key, value, the output gate z, and of beta and the decay; a convolution over query, key and value. */
const tensors = (attention: GatedDeltaNet, hiddenSize: number): readonly WeightTensor[] => {
  const { valueHeads, valueHeadDim, convolutionKernel } = attention;
  const values = valueHeads * valueHeadDim;
  const byTensor = { split: { by: "tensor" } } as const;
  return [
    matrix("attention", convolved(attention) + values, hiddenSize),
    matrix("attention", 2 * valueHeads, hiddenSize, { quantized: false }),
    matrix("attention", convolved(attention), convolutionKernel, { quantized: false }),
    vector("attention", valueHeads, { ...byTensor, copies: 2 }),
    vector("norms", valueHeadDim),
    matrix("attention", hiddenSize, values),
  ];
};

export const gatedDelta: AttentionKind<GatedDeltaNet> = recurrentKind({
  tensors,
  state: (attention) => ({
    heads: attention.valueHeads,
    rows: attention.keyHeadDim,
    columns: attention.valueHeadDim,
    bytesPerValue: attention.stateBytesPerValue,
    convolutionChannels: convolved(attention),
    convolutionInputs: attention.convolutionKernel - 1,
  }),
  stateOperations: 3,
  projectedWidths: ({ keyHeads, keyHeadDim, valueHeads, valueHeadDim }) => ({
    query: valueHeads * valueHeadDim,
    keyValue: keyHeads * keyHeadDim,
  }),
});
