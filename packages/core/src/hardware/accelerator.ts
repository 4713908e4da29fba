import type { Bytes, BytesPerSecond, FlopsPerSecond } from "../units/index.ts";

export type ComputeFormat = "fp32" | "fp16" | "bf16" | "fp8" | "int8" | "fp4";

/** Chips of one family run the same number formats and kernels. */
export type AcceleratorFamily =
  | "volta"
  | "turing"
  | "ampere"
  | "ampere-soc"
  | "ada"
  | "hopper"
  | "blackwell"
  | "blackwell-workstation"
  | "cdna2"
  | "cdna3"
  | "cdna4"
  | "tpu"
  | "gaudi"
  | "neuron"
  | "davinci";

export type ScaleUpKind = "nvlink" | "pcie" | "infinity-fabric" | "ici" | "roce" | "neuronlink" | "hccs" | "none";

export interface ScaleUpLink {
  readonly kind: ScaleUpKind;
  /** One direction, per accelerator; absent where no figure was found. */
  readonly bandwidth?: BytesPerSecond;
  /** How many accelerators share the link at most. */
  readonly domain: number;
}

export interface Accelerator {
  readonly id: string;
  readonly name: string;
  readonly vendor: string;
  readonly family: AcceleratorFamily;
  readonly form: string;
  /** The figure on the box, in the vendor's "GB". */
  readonly marketedGb: number;
  /** What the driver shows to a program. */
  readonly visibleBytes: Bytes;
  readonly visibleFrom: "driver" | "estimated";
  readonly memoryBandwidth: BytesPerSecond;
  /** Dense datasheet rates; a missing format does not run natively. */
  readonly peak: Readonly<Partial<Record<ComputeFormat, FlopsPerSecond>>>;
  readonly scaleUp: ScaleUpLink;
  readonly tdpWatts?: number;
  readonly source: string;
  readonly note?: string;
}
