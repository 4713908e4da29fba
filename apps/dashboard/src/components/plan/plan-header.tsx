import type { Plan } from "@headroom/core";
import { PlanActions } from "@/components/plan/plan-actions.tsx";
import { WayBack } from "@/components/ui/way-back.tsx";
import { askedInWords } from "@/lib/plan/asked-in-words.ts";
import { planSentence } from "@/lib/plan/plan-sentence.ts";

/** The answer first, then what was asked. */
export const PlanHeader = ({ plan }: { readonly plan: Plan }) => {
  const asked = askedInWords(plan.request);
  return (
    <header className="grid gap-x-8 gap-y-4 lg:grid-cols-[minmax(0,1fr)_auto]">
      <div className="min-w-0">
        <WayBack href="/">Plans</WayBack>
        <h1 className="mt-1 min-w-0 break-words font-semibold text-2xl tracking-tight">{plan.name ?? "Unnamed plan"}</h1>
      </div>
      <div className="min-w-0 max-w-[58rem] lg:col-span-2">
        <p className="text-pretty break-words text-lg leading-7">{planSentence(plan)}</p>
        <ul className="mt-2 space-y-1 text-pretty break-words text-sm text-soft">
          {asked.map(({ name, words }) => (
            <li key={name}>
              {asked.length > 1 ? <span className="text-ink">{name}: </span> : "Asked: "}
              {words}
            </li>
          ))}
        </ul>
      </div>
      <div className="lg:col-start-2 lg:row-start-1 lg:self-end">
        <PlanActions plan={plan} />
      </div>
    </header>
  );
};
