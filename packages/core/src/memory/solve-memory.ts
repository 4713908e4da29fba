import { type Accelerator, accelerators } from "../hardware/index.ts";
import type { MemoryQuestion } from "../request/memory-request.ts";
import { assessMemory, type MemoryCase } from "./assess-memory.ts";
import { layoutsOfSize } from "./layouts-of-size.ts";
import type { MemoryAnswer } from "./memory-estimate.ts";
import type { ParallelLayout } from "./resolve-layout.ts";

/** A replica is not spread over more than this many accelerators. */
const mostAccelerators = 64;
const mostOfOneKind = 16;

/** Chips that the engines are known to run on. */
const servingVendors: readonly string[] = ["NVIDIA", "AMD"];

/** The inverse question, answered by asking the forward one; nothing where no answer exists. */
export const solveMemory = (question: Exclude<MemoryQuestion, "fit">, asked: MemoryCase): MemoryAnswer | undefined => {
  switch (question) {
    case "max-concurrency":
      return { maxConcurrency: Math.floor(assessMemory(asked).memory.maxConcurrency) };
    case "max-context":
      return maxContext(asked);
    case "min-accelerators":
      return fewestAccelerators(asked, mostAccelerators);
    case "accelerators":
      return { accelerators: fittingAccelerators(asked) };
  }
};

const runs = (asked: MemoryCase): boolean => assessMemory(asked).verdict !== "does-not-fit";

/** Longer contexts never need less, so halving finds the longest. */
const maxContext = (asked: MemoryCase): MemoryAnswer | undefined => {
  const fits = (maxModelLen: number) => runs({ ...asked, engine: { ...asked.engine, maxModelLen } });
  let longest = 0;
  let tooLong = asked.model.maxPositionEmbeddings + 1;
  while (tooLong - longest > 1) {
    const middle = Math.floor((longest + tooLong) / 2);
    if (fits(middle)) longest = middle;
    else tooLong = middle;
  }
  return longest > 0 ? { maxContextTokens: longest } : undefined;
};

const fewestAccelerators = (asked: MemoryCase, most: number): (MemoryAnswer & { readonly minAccelerators: number }) | undefined => {
  for (let size = 1; size <= most; size++) {
    for (const layout of layoutsOfSize(asked, size)) {
      const { verdict } = assessMemory({ ...asked, layout });
      if (verdict !== "does-not-fit") return { minAccelerators: size, layout: wholeLayout(layout), verdict };
    }
  }
  return undefined;
};

const wholeLayout = (layout: ParallelLayout) => ({ ...layout, contextParallelSize: layout.contextParallelSize ?? 1 });

/** Every kind that holds the model on few enough chips: fewest first, then the smaller memory, then by id. */
const fittingAccelerators = (asked: MemoryCase): NonNullable<MemoryAnswer["accelerators"]> =>
  accelerators
    .filter(({ vendor }) => servingVendors.includes(vendor))
    .flatMap((accelerator: Accelerator) => {
      const fewest = fewestAccelerators({ ...asked, accelerator }, mostOfOneKind);
      return fewest ? [{ id: accelerator.id, visibleBytes: accelerator.visibleBytes, fewest }] : [];
    })
    .toSorted((a, b) => a.fewest.minAccelerators - b.fewest.minAccelerators || a.visibleBytes - b.visibleBytes || (a.id < b.id ? -1 : 1))
    .map(({ id, fewest }) => ({ id, ...fewest }));
