import { lineStep, type Plan } from "@headroom/core";
import { LineDetail } from "@/components/plan/line-detail.tsx";
import { LineTable } from "@/components/plan/line-table.tsx";
import { Section } from "@/components/ui/section.tsx";

export const LinesSection = ({ plan }: { readonly plan: Plan }) => {
  const serving = plan.lines.filter((line) => line.predicted !== undefined && lineStep(line, plan).kind === "first");
  return (
    <>
      <Section id="lines" title="What to rent">
        <LineTable plan={plan} />
      </Section>
      {serving.length > 0 && (
        <Section id="fit" title="Memory and latency" about="Of each line: what fills one accelerator, and what its users wait.">
          {serving.map((line, index) => (
            <LineDetail key={`${line.for} ${line.offerId} ${index.toString()}`} plan={plan} line={line} />
          ))}
        </Section>
      )}
    </>
  );
};
