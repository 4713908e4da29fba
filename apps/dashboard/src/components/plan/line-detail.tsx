import { layoutName, type Plan, type PlanLine, payingLine } from "@headroom/core";
import { LineLatency } from "@/components/plan/line-latency.tsx";
import { LineMachine } from "@/components/plan/line-machine.tsx";
import { LineMemory } from "@/components/plan/line-memory.tsx";
import { formatHourlyCount } from "@/lib/format/quantities.ts";
import { acceleratorName } from "@/lib/plan/accelerator-name.ts";

interface LineDetailProps {
  readonly plan: Plan;
  readonly line: PlanLine;
}

/** Why a line works: what fills its memory, and how its latencies stand against the targets. */
export const LineDetail = ({ plan, line }: LineDetailProps) => (
  <article className="mt-8 first:mt-0">
    <h3 className="break-words font-medium">
      {machinesOf(line)} <span className="break-words font-mono text-[0.875rem]">{line.instanceType}</span>{" "}
      <span className="font-normal text-soft">
        for {line.for}: {acceleratorName(line.accelerator)} in {layoutName(line.layout)}, {line.engine.name}
        {line.engine.version ? ` ${line.engine.version}` : ""}
      </span>
    </h3>
    <div className="mt-4 grid gap-x-14 gap-y-8 lg:grid-cols-2">
      <LineMemory line={line} />
      <LineLatency plan={plan} line={line} />
      <LineMachine line={line} />
    </div>
  </article>
);

const machinesOf = (line: PlanLine): string => {
  const paying = payingLine(line);
  if (paying === undefined) return `${formatHourlyCount(line.instances)} ×`;
  return line.idle ? `On idle hours of line ${paying + 1}'s` : `On line ${paying + 1}'s`;
};
