"use client";

import { BoxList } from "@/components/request-form/box-list.tsx";
import { FormRow } from "@/components/request-form/form-row.tsx";
import { GroupErrors } from "@/components/request-form/group-errors.tsx";
import { useRequestForm } from "@/components/request-form/request-form-context.ts";
import { SelectField } from "@/components/request-form/select-field.tsx";
import { TextField } from "@/components/request-form/text-field.tsx";
import { horizonInWords } from "@/lib/request-form/horizon-in-words.ts";
import { statedDefaults } from "@/lib/request-form/stated-defaults.ts";

const everyType = ["on-demand", "spot", "reserved"];
const typeNames: Readonly<Record<string, string>> = { "on-demand": "On-demand", spot: "Spot", reserved: "Reserved" };

const terms = [
  { value: "1y", label: "One year" },
  { value: "3y", label: "Three years" },
  { value: "1y\n3y", label: "One or three years" },
  { value: "none", label: "None" },
];

export const PurchaseFields = () => {
  const { values } = useRequestForm();
  return (
    <FormRow title="How to buy" about="All ways together, whichever mix is cheapest within the rules.">
      <GroupErrors at="/purchase" />
      <BoxList
        at="/purchase/capacityTypes"
        label="Ways to buy"
        options={everyType}
        ticked={everyType}
        whenNone="none yet: tick at least one"
        nameOf={(type) => typeNames[type] ?? type}
      />
      <div className="grid gap-x-5 gap-y-4 sm:grid-cols-3">
        <TextField
          at="/purchase/spotMaxShare"
          label="Spot, at most"
          unit="% of accelerators"
          kind="number"
          whenEmpty={statedDefaults.spotMaxSharePercent}
          hint="The rest is there whatever the spot market does"
        />
        <SelectField
          at="/purchase/commitmentTerms"
          label="Commitment terms"
          whenEmpty="Those within the horizon"
          choices={terms}
          hint="Of reserved machines"
        />
        <TextField
          at="/purchase/horizonHours"
          label="Horizon"
          unit="hours"
          kind="number"
          whenEmpty={statedDefaults.horizonHours}
          hint={horizonInWords(values["/purchase/horizonHours"])}
        />
      </div>
    </FormRow>
  );
};
