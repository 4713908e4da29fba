import { type Accelerator, accelerators, type ComputeFormat, findAccelerator } from "@headroom/core";
import { answerOf } from "./model-facts.ts";

export const chip = (id: string): Accelerator => answerOf(findAccelerator(id));
export const isKnownChip = (word: string): boolean => accelerators.some(({ id, name }) => `${id} ${name}`.toLowerCase().includes(word));
export const bandwidthGb = (id: string): number => chip(id).memoryBandwidth / 1e9;
export const runs = (id: string, format: ComputeFormat): boolean => chip(id).peak[format] !== undefined;

/** Dense datasheet rate, 0 where the format does not run natively. */
export const teraflops = (id: string, format: ComputeFormat = "bf16"): number => (chip(id).peak[format] ?? 0) / 1e12;

/** One direction, GB/s. */
export const linkGb = (id: string): number => (chip(id).scaleUp.bandwidth ?? 0) / 1e9;
export const watts = (id: string): number => chip(id).tdpWatts ?? Number.NaN;
