import { matrix, vector } from "../weight-tensor.ts";
import type { AttentionKind } from "./attention-kind.ts";
import { recurrentKind } from "./recurrent-kind.ts";

/** Lightning attention (arXiv 2401.04658), the linear attention of MiniMax-Text-01 and M1. */
export interface LightningAttention {
  readonly kind: "lightning";
  readonly numHeads: number;
  readonly headDim: number;
}

/** Query, key and value in one projection, an output gate, a norm over all heads. Engines keep the state in F32. */
export const lightning: AttentionKind<LightningAttention> = recurrentKind({
  tensors: ({ numHeads, headDim }: LightningAttention, hiddenSize: number) => [
    matrix("attention", 3 * numHeads * headDim, hiddenSize),
    matrix("attention", numHeads * headDim, hiddenSize),
    vector("norms", numHeads * headDim, { split: { by: "tensor" } }),
    matrix("attention", hiddenSize, numHeads * headDim),
  ],
  state: ({ numHeads, headDim }) => ({
    heads: numHeads,
    rows: headDim,
    columns: headDim,
    bytesPerValue: 4,
    convolutionChannels: 0,
    convolutionInputs: 0,
  }),
  stateOperations: 2,
  projectedWidths: ({ numHeads, headDim }) => ({ query: numHeads * headDim, keyValue: numHeads * headDim }),
});
