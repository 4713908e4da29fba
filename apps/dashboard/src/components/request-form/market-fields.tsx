"use client";

import { BoxList } from "@/components/request-form/box-list.tsx";
import { FormFold } from "@/components/request-form/form-fold.tsx";
import { FormRow } from "@/components/request-form/form-row.tsx";
import { GroupErrors } from "@/components/request-form/group-errors.tsx";
import { QuotaList } from "@/components/request-form/quota-list.tsx";
import { useRequestForm } from "@/components/request-form/request-form-context.ts";
import { TextAreaField } from "@/components/request-form/text-area-field.tsx";

const anywhere = "all of them";

export const MarketFields = () => {
  const { lists } = useRequestForm();
  return (
    <FormRow title="Where" about="What may be rented. Nothing ticked: everything in the catalog.">
      <GroupErrors at="/market" />
      <FormFold summary="Providers and regions" places={["/market/providers", "/market/regions"]}>
        <div className="space-y-5">
          <BoxList at="/market/providers" label="Providers" options={lists.providers} whenNone={anywhere} />
          <BoxList at="/market/regions" label="Regions" options={lists.regions} whenNone={anywhere} />
        </div>
      </FormFold>
      <FormFold summary="Accelerators and instance types" places={["/market/accelerators", "/market/instanceTypes"]}>
        <div className="space-y-5">
          <BoxList
            at="/market/accelerators"
            label="Accelerators"
            options={lists.accelerators.map(({ value }) => value).toSorted()}
            whenNone={anywhere}
          />
          <TextAreaField
            at="/market/instanceTypes"
            label="Instance types"
            rows={3}
            hint="One a line, as the provider names them; empty: any"
          />
        </div>
      </FormFold>
      <FormFold summary="Quotas" places={["/market/quotas"]}>
        <QuotaList />
      </FormFold>
    </FormRow>
  );
};
