/** Where a cloud's word for a chip does not tell its form, or means another chip than the word does elsewhere. */
export interface ChipName {
  /** Absent: on every cloud. */
  readonly cloud?: string;
  readonly instanceType?: RegExp;
  readonly name: string;
  readonly accelerator: string;
  readonly note?: string;
}

const formUnknown = "the source does not tell the card's form: taken as PCIe, the slower one";

/** The first that matches holds. Forms are those that the machine's name says or that its cloud documents for the family. */
export const chipNames: readonly ChipName[] = [
  { instanceType: /sxm/i, name: "A100", accelerator: "a100-sxm-40gb" },
  { instanceType: /sxm/i, name: "A100-80GB", accelerator: "a100-sxm-80gb" },
  { instanceType: /sxm/i, name: "H100", accelerator: "h100-sxm" },
  { instanceType: /pcie/i, name: "H100", accelerator: "h100-pcie" },
  { cloud: "aws", name: "A100", accelerator: "a100-sxm-40gb" },
  { cloud: "aws", name: "A100-80GB", accelerator: "a100-sxm-80gb" },
  { cloud: "aws", name: "H100", accelerator: "h100-sxm" },
  { cloud: "aws", name: "V100", accelerator: "v100-sxm2-16gb" },
  { cloud: "aws", name: "V100-32GB", accelerator: "v100-sxm2-32gb" },
  { cloud: "azure", name: "A100", accelerator: "a100-sxm-40gb" },
  { cloud: "azure", instanceType: /^Standard_ND/, name: "A100-80GB", accelerator: "a100-sxm-80gb" },
  { cloud: "azure", instanceType: /^Standard_NC/, name: "A100-80GB", accelerator: "a100-pcie-80gb" },
  { cloud: "azure", instanceType: /^Standard_ND/, name: "H100", accelerator: "h100-sxm" },
  { cloud: "azure", instanceType: /^Standard_NC/, name: "H100", accelerator: "h100-nvl" },
  { cloud: "azure", name: "V100", accelerator: "v100-pcie-16gb" },
  { cloud: "azure", name: "V100-32GB", accelerator: "v100-sxm2-32gb" },
  { cloud: "gcp", name: "A100", accelerator: "a100-sxm-40gb" },
  { cloud: "gcp", name: "A100-80GB", accelerator: "a100-sxm-80gb" },
  { cloud: "gcp", name: "H100", accelerator: "h100-sxm" },
  { cloud: "gcp", name: "V100", accelerator: "v100-sxm2-16gb" },
  { cloud: "oci", name: "A100", accelerator: "a100-sxm-40gb" },
  { cloud: "oci", name: "A100-80GB", accelerator: "a100-sxm-80gb" },
  { cloud: "oci", name: "V100", accelerator: "v100-sxm2-16gb" },
  { cloud: "lambda", instanceType: /^gpu_8x_a100$/, name: "A100", accelerator: "a100-sxm-40gb" },
  { cloud: "lambda", name: "A100", accelerator: "a100-pcie-40gb" },
  { cloud: "lambda", name: "V100", accelerator: "v100-sxm2-16gb" },
  { cloud: "ibm", name: "V100", accelerator: "v100-pcie-16gb" },
  { cloud: "runpod", name: "A100-80GB", accelerator: "a100-pcie-80gb" },
  { cloud: "runpod", name: "H100", accelerator: "h100-pcie" },
  { cloud: "scaleway", name: "H100", accelerator: "h100-pcie" },
  { name: "A100", accelerator: "a100-pcie-40gb", note: formUnknown },
  { name: "A100-80GB", accelerator: "a100-pcie-80gb", note: formUnknown },
  { name: "H100", accelerator: "h100-pcie", note: formUnknown },
  { name: "V100", accelerator: "v100-pcie-16gb", note: formUnknown },
  {
    name: "V100-32GB",
    accelerator: "v100-sxm2-32gb",
    note: "the source does not tell the card's form: taken as SXM2, the only one known here",
  },
];

/** Words that lead to the wrong chip, or to no chip for language models at all. */
export const refusedNames: readonly {
  readonly instanceType?: RegExp;
  readonly name: RegExp;
  readonly reason: string;
}[] = [
  {
    instanceType: /^inf1\./,
    name: /^Inferentia$/,
    reason: "the first Inferentia is not a known accelerator: it only shares its name with Inferentia 2",
  },
  { name: /^Virtex/, reason: "not an accelerator for language models: FPGA Virtex UltraScale" },
];
