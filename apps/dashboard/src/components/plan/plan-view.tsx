import type { Plan } from "@headroom/core";
import type { ReactNode } from "react";
import { AssumptionsSection } from "@/components/plan/assumptions-section.tsx";
import { BindingSection } from "@/components/plan/binding-section.tsx";
import { ComparisonSection } from "@/components/plan/comparison-section.tsx";
import { CostFigures } from "@/components/plan/cost-figures.tsx";
import { DemandSection } from "@/components/plan/demand-section.tsx";
import { LinesSection } from "@/components/plan/lines-section.tsx";
import { PlanHeader } from "@/components/plan/plan-header.tsx";
import { ProofStatement } from "@/components/plan/proof-statement.tsx";
import { RejectionsSection } from "@/components/plan/rejections-section.tsx";
import { RelaxationsSection } from "@/components/plan/relaxations-section.tsx";
import { RequestSection } from "@/components/plan/request-section.tsx";
import { SectionLinks } from "@/components/plan/section-links.tsx";

interface PlanViewProps {
  readonly plan: Plan;
  /** The schedule, which is not the plan's own. */
  readonly children: ReactNode;
}

const whenBought = [
  { id: "lines", title: "What to rent" },
  { id: "fit", title: "Memory and latency" },
  { id: "demand", title: "Demand" },
  { id: "comparison", title: "Compared" },
  { id: "binding", title: "What binds" },
  { id: "others", title: "Why not the others" },
];

const whenNot = [
  { id: "relaxations", title: "What would make it possible" },
  { id: "others", title: "What fails" },
];

const always = [
  { id: "schedule", title: "Schedule" },
  { id: "assumptions", title: "Assumptions" },
  { id: "request", title: "Request" },
];

/** A plan from its answer to its request, in the order that questions come. */
export const PlanView = ({ plan, children }: PlanViewProps) => (
  <>
    <PlanHeader plan={plan} />
    {plan.cost && <CostFigures plan={plan} cost={plan.cost} />}
    <ProofStatement plan={plan} />
    <SectionLinks sections={sectionsOf(plan)} />
    <div className="[&>section:first-child]:border-t-0">
      {plan.cost ? <Bought plan={plan} /> : <NothingBought plan={plan} />}
      {children}
      <AssumptionsSection plan={plan} />
      <RequestSection plan={plan} />
    </div>
  </>
);

const sectionsOf = ({ cost, explanation, demandMet, lines }: Plan) => {
  const says: Readonly<Record<string, boolean>> = {
    fit: lines.some(({ predicted }) => predicted !== undefined),
    demand: demandMet.length > 0,
    binding: explanation.bindingConstraints.length > 0,
  };
  return [...(cost ? whenBought.filter(({ id }) => says[id] ?? true) : whenNot), ...always];
};

const Bought = ({ plan }: { readonly plan: Plan }) => (
  <>
    <LinesSection plan={plan} />
    <DemandSection plan={plan} />
    <ComparisonSection plan={plan} />
    <BindingSection plan={plan} />
    <RejectionsSection plan={plan} title="Why not the others" />
  </>
);

const NothingBought = ({ plan }: { readonly plan: Plan }) => (
  <>
    <RelaxationsSection plan={plan} />
    <RejectionsSection plan={plan} title="What fails" />
  </>
);
