"use client";

import { GroupErrors } from "@/components/request-form/group-errors.tsx";
import { ListButton } from "@/components/request-form/list-button.tsx";
import { useRequestForm } from "@/components/request-form/request-form-context.ts";
import { TextField } from "@/components/request-form/text-field.tsx";
import { countItems } from "@/lib/request-form/edit-list.ts";

export const ClassList = ({ at }: { readonly at: string }) => {
  const count = countItems(useRequestForm().values, at);
  return (
    <>
      <GroupErrors at={at} />
      {Array.from({ length: count }, (_, index) => (
        <ClassFields key={`${at}/${index.toString()}`} at={`${at}/${index}`} position={index + 1} canRemove={count > 1} />
      ))}
      <div className="-ml-2">
        <ListButton intent={`add:${at}`}>Add a traffic class</ListButton>
      </div>
    </>
  );
};

interface ClassFieldsProps {
  readonly at: string;
  readonly position: number;
  readonly canRemove: boolean;
}

const ClassFields = ({ at, position, canRemove }: ClassFieldsProps) => (
  <fieldset className="grid grid-cols-2 gap-x-5 gap-y-4 sm:grid-cols-3 xl:grid-cols-[1.4fr_1fr_1fr_1fr_1fr_4.5rem]">
    <legend className="sr-only">Traffic class {position}</legend>
    <div className="col-span-2 sm:col-span-1">
      <TextField at={`${at}/name`} label="Class" />
    </div>
    <TextField at={`${at}/islTokens`} label="In" unit="tokens" kind="number" />
    <TextField at={`${at}/oslTokens`} label="Out" unit="tokens" kind="number" />
    <TextField at={`${at}/prefixHitShare`} label="Prefix hits" unit="%" kind="number" whenEmpty="0" />
    <TextField at={`${at}/share`} label="Of requests" unit="%" kind="number" />
    <div className="self-end justify-self-start pb-1">
      {canRemove && (
        <ListButton intent={`remove:${at}`} which={`traffic class ${position}`}>
          Remove
        </ListButton>
      )}
    </div>
    <div className="col-span-full empty:hidden">
      <GroupErrors at={at} />
    </div>
  </fieldset>
);
