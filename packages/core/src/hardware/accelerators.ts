import type { Accelerator } from "./accelerator.ts";
import { amdAccelerators } from "./data/amd-accelerators.ts";
import { nvidiaAccelerators } from "./data/nvidia-accelerators.ts";
import { otherAccelerators } from "./data/other-accelerators.ts";

export const accelerators: readonly Accelerator[] = [...nvidiaAccelerators, ...amdAccelerators, ...otherAccelerators];
