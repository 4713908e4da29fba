"use client";

import { FormRow } from "@/components/request-form/form-row.tsx";
import { GroupErrors } from "@/components/request-form/group-errors.tsx";
import { LimitFields } from "@/components/request-form/limit-fields.tsx";
import { ListButton } from "@/components/request-form/list-button.tsx";
import { MarketFields } from "@/components/request-form/market-fields.tsx";
import { PurchaseFields } from "@/components/request-form/purchase-fields.tsx";
import { useRequestForm } from "@/components/request-form/request-form-context.ts";
import { ServiceFields } from "@/components/request-form/service-fields.tsx";
import { TextField } from "@/components/request-form/text-field.tsx";
import { countItems } from "@/lib/request-form/edit-list.ts";

export const RequestFields = () => {
  const count = countItems(useRequestForm().values, "/services");
  return (
    <div className="mt-6">
      <FormRow title="Name" about="How the plan is called in the list.">
        <div className="max-w-[32rem]">
          <TextField at="/name" label="Name of the plan" />
        </div>
      </FormRow>
      <GroupErrors at="/services" />
      {Array.from({ length: count }, (_, index) => (
        <ServiceFields key={`service ${index.toString()}`} index={index} count={count} />
      ))}
      <div className="-ml-2 pb-6">
        <ListButton intent="add:/services">Add a service</ListButton>
      </div>
      <section aria-label="Market">
        <h2 className="pt-4 pb-3 font-semibold text-lg tracking-tight">Buying</h2>
        <PurchaseFields />
        <MarketFields />
        <LimitFields />
      </section>
    </div>
  );
};
