"use client";

import { FormFold } from "@/components/request-form/form-fold.tsx";
import { FormRow } from "@/components/request-form/form-row.tsx";
import { GroupErrors } from "@/components/request-form/group-errors.tsx";
import { useRequestForm } from "@/components/request-form/request-form-context.ts";
import { SelectField } from "@/components/request-form/select-field.tsx";
import { TextField } from "@/components/request-form/text-field.tsx";
import { statedDefaults } from "@/lib/request-form/stated-defaults.ts";

export const LimitFields = () => {
  const { lists } = useRequestForm();
  return (
    <FormRow title="Budget and prices" about="Which catalog of prices to plan on, and what it may cost.">
      <GroupErrors at="/limits" />
      <div className="grid gap-x-5 gap-y-4 sm:grid-cols-2">
        <SelectField at="/market/catalog" label="Catalog" whenEmpty="The newest" choices={lists.catalogs} />
        <TextField at="/limits/budgetUsdPerMonth" label="Budget" unit="USD a month" kind="number" whenEmpty="no limit" />
      </div>
      <FormFold summary="Limits of the solve" places={["/limits/gap", "/limits/timeLimitSeconds", "/market/asOf"]}>
        <div className="grid gap-x-5 gap-y-4 sm:grid-cols-3">
          <TextField
            at="/limits/gap"
            label="Gap"
            unit="% above the bound"
            kind="number"
            whenEmpty={statedDefaults.gapPercent}
            hint="Solving may stop this close to the cheapest possible"
          />
          <TextField at="/limits/timeLimitSeconds" label="Time limit" unit="s" kind="number" whenEmpty={statedDefaults.timeLimitSeconds} />
          <TextField at="/market/asOf" label="Newest catalog on" unit="date" kind="date" hint="Where no catalog is named" />
        </div>
      </FormFold>
    </FormRow>
  );
};
