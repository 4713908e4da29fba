import type { PlanLine } from "@headroom/core";
import { StackedBar } from "@/components/charts/stacked-bar.tsx";
import { Detail } from "@/components/ui/detail.tsx";
import { formatGib, formatPercent } from "@/lib/format/quantities.ts";
import { type MemoryPart, memoryParts } from "@/lib/plan/memory-parts.ts";

const fills: Readonly<Record<MemoryPart["id"], string>> = {
  weights: "var(--color-part-weights)",
  activations: "var(--color-part-activations)",
  runtime: "var(--color-part-runtime)",
  "kv-cache": "var(--color-part-kv-cache)",
  free: "var(--color-part-free)",
  outside: "striped",
};

/** The memory of one accelerator as one bar, and its parts in figures that add up to the whole. */
export const LineMemory = ({ line }: { readonly line: PlanLine }) => {
  const parts = memoryParts(line);
  const whole = line.memory.visibleGib;
  const spoken = parts.map(({ label, gib }) => `${label} ${formatGib(gib)} GiB`).join(", ");
  return (
    <div className="min-w-0">
      <h4 className="text-sm text-soft">Memory of one accelerator</h4>
      <div className="mt-2">
        <StackedBar
          label={`${formatGib(whole)} GiB of memory: ${spoken}`}
          parts={parts.filter(({ gib }) => gib > 0).map(({ id, gib }) => ({ id, size: gib, fill: fills[id] }))}
        />
      </div>
      <table className="mt-3 w-full text-sm leading-6">
        <caption className="sr-only">Parts of one accelerator's memory in GiB</caption>
        <thead className="sr-only">
          <tr>
            <th scope="col">Part</th>
            <th scope="col">GiB</th>
            <th scope="col">Share</th>
          </tr>
        </thead>
        <tbody>
          {parts.map((part) => (
            <tr key={part.id}>
              <th scope="row" className="text-left font-normal">
                <Swatch fill={fills[part.id]} />
                <Detail detail={part.meaning}>{part.label}</Detail>
              </th>
              <td className="whitespace-nowrap pl-4 text-right">{formatGib(part.gib)} GiB</td>
              <td className="w-20 whitespace-nowrap pl-4 text-right text-soft">{formatPercent(part.gib / whole, 1)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr className="border-line border-t font-medium">
            <th scope="row" className="pt-1 text-left font-medium">
              Memory that the driver shows
            </th>
            <td className="whitespace-nowrap pt-1 pl-4 text-right">{formatGib(whole)} GiB</td>
            <td />
          </tr>
        </tfoot>
      </table>
    </div>
  );
};

const Swatch = ({ fill }: { readonly fill: string }) => (
  <span
    aria-hidden="true"
    className={`mr-2.5 inline-block size-2.5 rounded-[2px] align-baseline ${fill === "striped" ? "bg-striped border border-line" : ""}`}
    style={fill === "striped" ? undefined : { background: fill }}
  />
);
