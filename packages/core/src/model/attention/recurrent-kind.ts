import { bytes, flops } from "../../units/index.ts";
import type { WeightTensor } from "../weight-tensor.ts";
import type { AttentionKind } from "./attention-kind.ts";

/** What a layer remembers of a request, whatever its length: one matrix a head, and the last inputs of a short convolution. */
export interface RecurrentState {
  readonly heads: number;
  readonly rows: number;
  readonly columns: number;
  /** Engines keep it in 16 or in 32 bits. */
  readonly bytesPerValue: number;
  /** Channels of the convolution, and how many inputs before the current one it needs; 0 where there is none. */
  readonly convolutionChannels: number;
  readonly convolutionInputs: number;
}

interface RecurrentTraits<A> {
  readonly tensors: (attention: A, hiddenSize: number) => readonly WeightTensor[];
  readonly state: (attention: A) => RecurrentState;
  /** Multiply-adds with each element of the state for one token: decay and update, then read. */
  readonly stateOperations: number;
  readonly projectedWidths: AttentionKind<A>["projectedWidths"];
}

const convolutionBytesPerValue = 2;

/**
 * Linear attention and state-space layers: a state of fixed size instead of a cache.
 *
 *   bytes = ⌈heads / tp⌉ · rows · columns · bytesPerValue + ⌈channels / tp⌉ · inputs · 2
 *
 * Qwen3-Next, 32 heads of 128 · 128 in 16 bits, 8192 channels, 3 inputs: 1 048 576 + 49 152 B a layer.
 */
export const recurrentKind = <A>({ tensors, state, stateOperations, projectedWidths }: RecurrentTraits<A>): AttentionKind<A> => {
  const stateBytes = (attention: A, tensorParallelSize: number): number => {
    const { heads, rows, columns, bytesPerValue, convolutionChannels, convolutionInputs } = state(attention);
    const matrices = Math.ceil(heads / tensorParallelSize) * rows * columns * bytesPerValue;
    return matrices + Math.ceil(convolutionChannels / tensorParallelSize) * convolutionInputs * convolutionBytesPerValue;
  };
  const flopsPerToken = (attention: A): number => {
    const { heads, rows, columns } = state(attention);
    return 2 * stateOperations * heads * rows * columns;
  };
  return {
    tensors,
    kvBytesPerTokenPerLayer: () => bytes(0),
    cachedTokens: () => 0,
    fixedBytesPerRequestPerLayer: (attention, shape) => bytes(stateBytes(attention, shape.tensorParallelSize)),
    cacheSplit: (attention) => ({ by: "kv-heads", heads: state(attention).heads }),
    decodeBytes: (attention, shape) => bytes(2 * stateBytes(attention, shape.tensorParallelSize)),
    decodeFlops: (attention) => flops(flopsPerToken(attention)),
    prefillFlops: (attention, promptTokens) => flops(flopsPerToken(attention) * promptTokens),
    projectedWidths,
    heads: (attention) => state(attention).heads,
  };
};
