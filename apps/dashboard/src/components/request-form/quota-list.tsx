"use client";

import { GroupErrors } from "@/components/request-form/group-errors.tsx";
import { ListButton } from "@/components/request-form/list-button.tsx";
import { useRequestForm } from "@/components/request-form/request-form-context.ts";
import { SelectField } from "@/components/request-form/select-field.tsx";
import { SuggestedField } from "@/components/request-form/suggested-field.tsx";
import { TextField } from "@/components/request-form/text-field.tsx";
import { countItems } from "@/lib/request-form/edit-list.ts";

const types = [
  { value: "on-demand", label: "On-demand" },
  { value: "spot", label: "Spot" },
  { value: "reserved", label: "Reserved" },
];

export const QuotaList = () => {
  const count = countItems(useRequestForm().values, "/market/quotas");
  return (
    <div className="space-y-5">
      <p className="text-soft text-sm">At most so many accelerators of a kind, or instances of a type, over all services together.</p>
      <GroupErrors at="/market/quotas" />
      {Array.from({ length: count }, (_, index) => (
        <QuotaFields key={`quota ${index.toString()}`} at={`/market/quotas/${index}`} position={index + 1} />
      ))}
      <div className="-ml-2">
        <ListButton intent="add:/market/quotas">Add a quota</ListButton>
      </div>
    </div>
  );
};

const QuotaFields = ({ at, position }: { readonly at: string; readonly position: number }) => {
  const { lists } = useRequestForm();
  return (
    <fieldset className="grid grid-cols-2 gap-x-5 gap-y-4 sm:grid-cols-3 xl:grid-cols-[1.2fr_1.2fr_1fr_1fr_0.8fr_4.5rem]">
      <legend className="sr-only">Quota {position}</legend>
      <SuggestedField at={`${at}/accelerator`} label="Accelerator" options={lists.accelerators} />
      <TextField at={`${at}/instanceType`} label="or instance type" />
      <TextField at={`${at}/region`} label="Region" whenEmpty="any" />
      <SelectField at={`${at}/capacityType`} label="Bought" whenEmpty="any way" choices={types} />
      <TextField at={`${at}/max`} label="At most" unit="number" kind="number" />
      <div className="self-end justify-self-start pb-1">
        <ListButton intent={`remove:${at}`} which={`quota ${position}`}>
          Remove
        </ListButton>
      </div>
      <div className="col-span-full empty:hidden">
        <GroupErrors at={at} />
      </div>
    </fieldset>
  );
};
