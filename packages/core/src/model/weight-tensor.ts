/** Where the contract counts a tensor. Scales of quantized tensors are counted apart, in `scales`. */
export type ModelPart =
  | "embeddings"
  | "attention"
  | "dense"
  | "sharedExperts"
  | "routedExperts"
  | "router"
  | "norms"
  | "head"
  | "multiTokenPrediction";

/** Which storage format applies to a tensor; a draft layer's attention is still attention. */
export type WeightRole = Exclude<ModelPart, "multiTokenPrediction">;

/** How the ranks of one replica share a tensor. */
export type WeightSplit =
  | { readonly by: "replicated" }
  /** Evenly over the tensor-parallel ranks. */
  | { readonly by: "tensor" }
  /** By whole key-value heads; replicated once there are more ranks than heads. */
  | { readonly by: "kv-heads"; readonly heads: number }
  /** By rows of the padded vocabulary. */
  | { readonly by: "vocabulary" }
  /** By whole experts with expert parallelism, else inside every expert. */
  | { readonly by: "experts"; readonly experts: number };

/** One weight matrix (or vector, with one column) of a layer, `copies` times over. */
export interface WeightTensor {
  readonly role: WeightRole;
  readonly rows: number;
  readonly columns: number;
  readonly copies: number;
  readonly split: WeightSplit;
  /** Whether a quantized checkpoint stores it in the narrow format. */
  readonly quantized: boolean;
  /** Stored in F32 whatever the checkpoint's dtype. */
  readonly alwaysFp32: boolean;
  /** Share of the elements that one token uses: below 1 only for routed experts. */
  readonly activeShare: number;
}

type Details = Partial<Pick<WeightTensor, "copies" | "split" | "quantized" | "alwaysFp32" | "activeShare">>;

export const matrix = (role: WeightRole, rows: number, columns: number, details: Details = {}): WeightTensor => ({
  role,
  rows,
  columns,
  copies: 1,
  split: { by: "tensor" },
  quantized: true,
  alwaysFp32: false,
  activeShare: 1,
  ...details,
});

/** Norms, biases and sinks: too small to quantize. */
export const vector = (role: WeightRole, length: number, details: Details = {}): WeightTensor =>
  matrix(role, length, 1, { quantized: false, split: { by: "replicated" }, ...details });

export const elementsOf = ({ rows, columns, copies }: WeightTensor): number => rows * columns * copies;
