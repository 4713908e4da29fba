import { type BytesPerSecond, gigabytesPerSecond } from "../units/index.ts";
import type { Accelerator, AcceleratorFamily } from "./accelerator.ts";

/** Grace chips share their memory over NVLink-C2C: 450 GB/s one way for each GPU of a pair (NVIDIA GB200 and GH200 datasheets). */
const coherentHosts: ReadonlySet<string> = new Set(["gb200", "gb300", "gh200-96gb", "gh200-144gb"]);
const coherentLink = gigabytesPerSecond(400);

/** What copies reach of a ×16 slot in one direction: about 85 % of 64, 32 and 16 GB/s for PCIe 5, 4 and 3. */
const pcie5 = gigabytesPerSecond(54);
const pcie4 = gigabytesPerSecond(27);
const pcie3 = gigabytesPerSecond(13);

const byFamily: Readonly<Record<AcceleratorFamily, BytesPerSecond>> = {
  volta: pcie3,
  turing: pcie3,
  ampere: pcie4,
  // One memory for both: nothing is gained and nothing is lost.
  "ampere-soc": gigabytesPerSecond(100),
  ada: pcie4,
  hopper: pcie5,
  blackwell: pcie5,
  "blackwell-workstation": pcie5,
  cdna2: pcie4,
  cdna3: pcie5,
  cdna4: pcie5,
  tpu: pcie3,
  gaudi: pcie5,
  neuron: pcie4,
  davinci: pcie4,
};

/** How fast one accelerator reads its host's memory. */
export const hostBandwidth = ({ id, family }: Accelerator): BytesPerSecond => (coherentHosts.has(id) ? coherentLink : byFamily[family]);
