import type { Plan } from "@headroom/core";
import { CannotRunList } from "@/components/plan/cannot-run-list.tsx";
import { DearerTable } from "@/components/plan/dearer-table.tsx";
import { NotForSaleList } from "@/components/plan/not-for-sale-list.tsx";
import { TooSlowTable } from "@/components/plan/too-slow-table.tsx";
import { TooSmallTable } from "@/components/plan/too-small-table.tsx";
import { Disclosure } from "@/components/ui/disclosure.tsx";
import { Section } from "@/components/ui/section.tsx";
import { counted } from "@/lib/format/quantities.ts";
import { groupRejections } from "@/lib/plan/group-rejections.ts";
import { plannedFor } from "@/lib/plan/planned-for.ts";

interface RejectionsSectionProps {
  readonly plan: Plan;
  readonly title: string;
}

/** Everything that was not chosen, each with the numbers that decided it. */
export const RejectionsSection = ({ plan, title }: RejectionsSectionProps) => {
  const { dearer, tooSmall, tooSlow, cannotRun, notForSale } = groupRejections(plan.explanation.rejections);
  const services = plannedFor(plan.request).length > 1 ? "several" : "one";
  return (
    <Section id="others" title={title} about="Of each accelerator the way that came nearest, with the numbers that decided it.">
      <div className="space-y-9">
        {dearer.length > 0 && (
          <Group title="Would serve it, for more" count={dearer.length}>
            <DearerTable rejections={dearer} services={services} />
          </Group>
        )}
        {tooSlow.length > 0 && (
          <Group title="Too slow, even with a single request in flight" count={tooSlow.length}>
            <TooSlowTable rejections={tooSlow} services={services} />
          </Group>
        )}
        {tooSmall.length > 0 && (
          <Group title="Does not fit" count={tooSmall.length}>
            <TooSmallTable rejections={tooSmall} services={services} />
          </Group>
        )}
        {cannotRun.length > 0 && (
          <Group title="Cannot run it" count={cannotRun.reduce((sum, { whats }) => sum + whats.length, 0)}>
            <CannotRunList groups={cannotRun} />
          </Group>
        )}
        {notForSale.length > 0 && (
          <Disclosure summary={`${counted(notForSale.length, "machine")} without a price in this catalog`}>
            <NotForSaleList rejections={notForSale} />
          </Disclosure>
        )}
      </div>
    </Section>
  );
};

const Group = ({ title, count, children }: { readonly title: string; readonly count: number; readonly children: React.ReactNode }) => (
  <div>
    <h3 className="mb-3 font-medium text-sm">
      {title} <span className="font-normal text-soft">{count}</span>
    </h3>
    {children}
  </div>
);
