import { expect, it } from "vitest";
import { comfortableHostMemoryGib, hasHostMemory, leastHostMemoryGib } from "./host-memory.ts";

it.each([
  { name: "16 GiB beside one accelerator, where 8B models are served every day", hostMemoryGib: 16, accelerators: 1, offloadedGib: 0 },
  { name: "8 GiB beside one accelerator", hostMemoryGib: 8, accelerators: 1, offloadedGib: 0 },
  { name: "2 TiB beside eight, whatever the model weighs", hostMemoryGib: 2048, accelerators: 8, offloadedGib: 0 },
  { name: "a host whose memory nobody states", hostMemoryGib: undefined, accelerators: 8, offloadedGib: 100 },
  { name: "room for what the accelerators keep there", hostMemoryGib: 2048, accelerators: 8, offloadedGib: 200 },
])("lets through $name", ({ hostMemoryGib, accelerators, offloadedGib }) => {
  expect(hasHostMemory({ hostMemoryGib, accelerators }, offloadedGib)).toBe(true);
});

it.each([
  { name: "4 GiB beside one accelerator", hostMemoryGib: 4, accelerators: 1, offloadedGib: 0 },
  { name: "16 GiB beside eight", hostMemoryGib: 16, accelerators: 8, offloadedGib: 0 },
  { name: "too little for what the accelerators keep there", hostMemoryGib: 1024, accelerators: 8, offloadedGib: 200 },
])("refuses $name", ({ hostMemoryGib, accelerators, offloadedGib }) => {
  expect(hasHostMemory({ hostMemoryGib, accelerators }, offloadedGib)).toBe(false);
});

it.each([1, 2, 4, 8, 16])("is comfortable above what it takes at least, with %d accelerators", (accelerators) => {
  expect(comfortableHostMemoryGib(accelerators, 3)).toBeGreaterThan(leastHostMemoryGib(accelerators, 3));
});
