import type { Plan } from "@headroom/core";
import Link from "next/link";
import { buttonStyle } from "@/components/ui/button-style.ts";
import { Disclosure } from "@/components/ui/disclosure.tsx";
import { JsonBlock } from "@/components/ui/json-block.tsx";
import { Section } from "@/components/ui/section.tsx";

export const RequestSection = ({ plan }: { readonly plan: Plan }) => (
  <Section
    id="request"
    title="The request"
    about="What was asked, as the API and the command line take it. The same request on the same catalog gives the same plan."
  >
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-1 text-sm">
      <dt className="text-soft">Input hash</dt>
      <dd className="break-words font-mono text-[0.8125rem]">{plan.inputHash}</dd>
      <dt className="text-soft">Made by</dt>
      <dd>Headroom {plan.version}</dd>
      <dt className="text-soft">Plan</dt>
      <dd className="break-words font-mono text-[0.8125rem]">{plan.id}</dd>
    </dl>
    <div className="mt-4">
      <Disclosure summary="Show it as JSON">
        <JsonBlock label="The request as JSON" value={plan.request} />
      </Disclosure>
    </div>
    <div className="mt-5 print:hidden">
      <Link href={`/plans/new?from=${plan.id}`} className={buttonStyle()}>
        Plan again with changes
      </Link>
    </div>
  </Section>
);
