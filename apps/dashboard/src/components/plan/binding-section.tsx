import type { Explanation, Plan } from "@headroom/core";
import { Amount } from "@/components/ui/amount.tsx";
import { type Column, DataTable } from "@/components/ui/data-table.tsx";
import { Section } from "@/components/ui/section.tsx";
import { formatDifference, signOf } from "@/lib/format/money.ts";
import { bindingInWords } from "@/lib/plan/binding-in-words.ts";

type Binding = Explanation["bindingConstraints"][number];

const columns: readonly Column<Binding>[] = [
  { title: "Limit", isRowHeader: true, cell: (binding) => <span className="font-normal">{bindingInWords(binding).limit}</span> },
  { title: "To spare", align: "right", cell: (binding) => bindingInWords(binding).toSpare },
  { title: "Looser by", align: "right", cell: (binding) => bindingInWords(binding).oneMore },
  {
    title: "Changes the cost an hour by",
    align: "right",
    cell: ({ usdPerHourOfOneMore: amount }) => {
      if (amount === null) return <span className="text-soft">not known</span>;
      return signOf(amount) === 0 ? <span className="text-soft">nothing</span> : <Amount value={formatDifference(amount)} unit="USD" />;
    },
  },
];

export const BindingSection = ({ plan }: { readonly plan: Plan }) => {
  const { bindingConstraints } = plan.explanation;
  return bindingConstraints.length === 0 ? null : (
    <Section
      id="binding"
      title="What binds, and what one more is worth"
      about="Where more demand, or a looser rule, would change the cost."
    >
      <DataTable caption="Binding limits" columns={columns} rows={bindingConstraints} keyOf={({ constraint }) => constraint} />
    </Section>
  );
};
