import { type AcceleratorList, acceleratorList } from "@headroom/client";
import { type Accelerator, accelerators, roundTo, toGib } from "@headroom/core";
import type { Operation } from "../http/operation.ts";

export const listAcceleratorsOperation = (): Operation => ({
  method: "get",
  path: "/v1/accelerators",
  tag: "Hardware and models",
  summary: "The accelerators that can be named by id",
  answers: { 200: { description: "The accelerators.", schema: acceleratorList } },
  problems: [],
  handle: (context) => context.json({ accelerators: accelerators.map(describeAccelerator) } satisfies AcceleratorList),
});

const describeAccelerator = (accelerator: Accelerator): AcceleratorList["accelerators"][number] => ({
  id: accelerator.id,
  name: accelerator.name,
  vendor: accelerator.vendor,
  memoryGib: roundTo(2, toGib(accelerator.visibleBytes)),
  memoryBandwidthGbPerSecond: roundTo(1, accelerator.memoryBandwidth / 1e9),
  nativeFormats: Object.keys(accelerator.peak),
  source: accelerator.source,
});
