import type { PlanLine } from "@headroom/core";
import { machineRows } from "@/lib/plan/machine-rows.ts";

/** What a line takes and gets beside its accelerators: disk, host memory, network, and what that costs. */
export const LineMachine = ({ line }: { readonly line: PlanLine }) => (
  <div className="min-w-0">
    <h4 className="text-sm text-soft">Beside the accelerators</h4>
    <dl className="mt-2 text-sm leading-6">
      {machineRows(line).map(({ label, value }) => (
        <div key={label} className="flex flex-wrap justify-between gap-x-4">
          <dt>{label}</dt>
          <dd className="break-words text-soft">{value}</dd>
        </div>
      ))}
    </dl>
  </div>
);
