import type { AcceleratorFamily } from "../hardware/index.ts";
import type { StoredFormats, WeightTensor } from "../model/index.ts";
import { formatOf } from "../model/index.ts";

/** Kernels for 4-bit experts want both sides of an expert in whole tiles. */
interface Tile {
  readonly hidden: number;
  readonly intermediate: number;
}

/**
 * Tiles of MXFP4 experts in engines: Triton on Hopper pads the hidden side only, Marlin on older chips the intermediate side
 * to 128 too, Blackwell and CDNA both to 256 (vllm `mxfp4_round_up_hidden_size_and_intermediate_size`; vllm#56359).
 * gpt-oss-120b, 2880 wide: 64.4 GiB on Hopper, 66.0 with Marlin, 60.8 in the checkpoint.
 */
const tiles: Readonly<Partial<Record<AcceleratorFamily, Tile>>> = {
  hopper: { hidden: 256, intermediate: 64 },
  ampere: { hidden: 256, intermediate: 128 },
  ada: { hidden: 256, intermediate: 128 },
  "blackwell-workstation": { hidden: 256, intermediate: 128 },
  blackwell: { hidden: 256, intermediate: 256 },
  cdna3: { hidden: 256, intermediate: 256 },
  cdna4: { hidden: 256, intermediate: 256 },
};

interface ExpertOnDevice {
  readonly hiddenSize: number;
  readonly formats: StoredFormats;
  readonly family: AcceleratorFamily;
  /** Into how many parts one expert's intermediate side is cut. */
  readonly cuts: number;
}

/** By what factor an expert's matrix grows on the device: 1 unless it is stored in MXFP4. */
export const expertPadding = (tensor: WeightTensor, { hiddenSize, formats, family, cuts }: ExpertOnDevice): number => {
  const tile = tiles[family];
  if (!tile || tensor.split.by !== "experts" || tensor.columns === 1 || formatOf(tensor, formats).format !== "mxfp4") return 1;
  const intermediate = (tensor.rows === hiddenSize ? tensor.columns : tensor.rows) / cuts;
  return growth(intermediate, tile.intermediate) * growth(hiddenSize, tile.hidden);
};

const growth = (size: number, tile: number): number => (Math.ceil(size / tile) * tile) / size;
