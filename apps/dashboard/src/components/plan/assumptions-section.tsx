import type { Plan } from "@headroom/core";
import { Section } from "@/components/ui/section.tsx";
import { assumptionsInWords } from "@/lib/plan/assumptions-in-words.ts";

export const AssumptionsSection = ({ plan }: { readonly plan: Plan }) => (
  <Section
    id="assumptions"
    title="Assumptions"
    about="What the request left open and this plan decided. Name any of them in the request to change it."
  >
    <dl className="grid gap-x-10 gap-y-2 text-sm leading-6 sm:grid-cols-[auto_minmax(0,1fr)]">
      {assumptionsInWords(plan.assumptions).map(({ label, value }) => (
        <div key={label} className="contents">
          <dt className="text-soft max-sm:-mb-2">{label}</dt>
          <dd className="break-words max-sm:mb-2">{value}</dd>
        </div>
      ))}
    </dl>
  </Section>
);
