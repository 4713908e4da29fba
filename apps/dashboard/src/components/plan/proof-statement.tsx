import type { Plan } from "@headroom/core";
import type { ReactNode } from "react";
import { CatalogDate } from "@/components/plan/catalog-date.tsx";
import { VerifyPlan } from "@/components/plan/verify-plan.tsx";
import { StatusWord } from "@/components/ui/status-word.tsx";
import { formatTotal } from "@/lib/format/money.ts";
import { formatPercent } from "@/lib/format/quantities.ts";
import { proofSentence, rulesChecked } from "@/lib/plan/plan-sentence.ts";

/** What is proved about the plan, by what, and what was checked again. */
export const ProofStatement = ({ plan }: { readonly plan: Plan }) => (
  <div className="mt-6 grid gap-x-14 gap-y-7 lg:grid-cols-2">
    <div className="min-w-0">
      <h2 className="font-medium">
        <StatusWord status={plan.status} />
      </h2>
      <p className="mt-1 text-sm text-soft">{proofSentence(plan)}</p>
      <ProofFacts plan={plan} />
    </div>
    <div className="min-w-0">
      <h2 className="font-medium">{rulesChecked(plan)}</h2>
      <p className="mt-1 text-sm text-soft">
        Derived again from the request and the offers alone, by code that shares nothing with the solver.
      </p>
      <CheckedRules plan={plan} />
      <VerifyPlan id={plan.id} />
    </div>
  </div>
);

const ProofFacts = ({ plan: { proof, catalog, catalogAsOf } }: { readonly plan: Plan }) => (
  <dl className="mt-3 grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-1 text-sm">
    {proof.gap !== null && <Fact term="Gap">{formatPercent(proof.gap, 2)}</Fact>}
    {proof.lowerBoundUsdPerHour !== null && <Fact term="Lower bound">{formatTotal(proof.lowerBoundUsdPerHour)} USD an hour</Fact>}
    {proof.backend !== "none" && (
      <Fact term="Solved by">
        {proof.backend}, {proof.seconds.toFixed(1)} s
      </Fact>
    )}
    <Fact term="Prices of">
      <CatalogDate catalog={catalog} asOf={catalogAsOf} />
    </Fact>
  </dl>
);

const Fact = ({ term, children }: { readonly term: string; readonly children: ReactNode }) => (
  <>
    <dt className="text-soft">{term}</dt>
    <dd className="min-w-0 break-words">{children}</dd>
  </>
);

const CheckedRules = ({ plan: { proof } }: { readonly plan: Plan }) => (
  <ul className="mt-3 mb-4 grid grid-cols-2 gap-x-6 gap-y-1 text-sm sm:grid-cols-3">
    {proof.checks.map(({ rule, holds, detail }) => (
      <li key={rule}>
        <span aria-hidden="true" className={holds ? "text-accent" : "text-bad"}>
          {holds ? "✓" : "✗"}
        </span>{" "}
        {rule}
        <span className="sr-only">{holds ? " holds" : " is broken"}</span>
        {detail && <span className="block text-bad">{detail}</span>}
      </li>
    ))}
  </ul>
);
