import { lineStep, type Plan } from "@headroom/core";
import { LineDetail } from "@/components/plan/line-detail.tsx";
import { LineTable } from "@/components/plan/line-table.tsx";
import { Section } from "@/components/ui/section.tsx";

export const LinesSection = ({ plan }: { readonly plan: Plan }) => (
  <>
    <Section id="lines" title="What to rent">
      <LineTable plan={plan} />
    </Section>
    <Section id="fit" title="Memory and latency" about="Of each line: what fills one accelerator, and what its users wait.">
      {plan.lines
        .filter((line) => line.training === undefined && lineStep(line, plan).kind === "first")
        .map((line, index) => (
          <LineDetail key={`${line.for} ${line.offerId} ${index.toString()}`} plan={plan} line={line} />
        ))}
    </Section>
  </>
);
