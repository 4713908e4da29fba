"use client";

import { AlternativeChoice } from "@/components/request-form/alternative-choice.tsx";
import { FormFold } from "@/components/request-form/form-fold.tsx";
import { kvCacheFormatChoices, weightFormatChoices } from "@/components/request-form/formats.ts";
import { GroupErrors } from "@/components/request-form/group-errors.tsx";
import { SelectField } from "@/components/request-form/select-field.tsx";

const parts = [
  { field: "attention", label: "Attention" },
  { field: "dense", label: "Dense layers" },
  { field: "sharedExperts", label: "Shared experts" },
  { field: "routedExperts", label: "Routed experts" },
  { field: "embeddings", label: "Embeddings" },
] as const;

const asInConfig = "As the config says";

export const PrecisionFields = ({ at }: { readonly at: string }) => {
  return (
    <div className="group/precision space-y-4">
      <GroupErrors at={at} />
      <div className="grid gap-x-5 gap-y-4 sm:grid-cols-2">
        <div className="group-has-[[value=parts]:checked]/precision:hidden">
          <SelectField
            at={`${at}/weights`}
            label="Weights"
            whenEmpty={asInConfig}
            choices={weightFormatChoices}
            hint="Of linear and expert layers; the rest stays at 16 bits"
          />
        </div>
        <SelectField at={`${at}/kvCache`} label="KV cache" whenEmpty={asInConfig} choices={kvCacheFormatChoices} />
      </div>
      <FormFold summary="A format for each part" places={parts.map(({ field }) => `${at}/weights/${field}`)}>
        <AlternativeChoice
          at={at}
          label="Weights of all parts or of each"
          choices={[
            { value: "all", label: "One format" },
            { value: "parts", label: "Each part" },
          ]}
        />
        <div className="mt-4 hidden gap-x-5 gap-y-4 group-has-[[value=parts]:checked]/precision:grid sm:grid-cols-2 xl:grid-cols-3">
          {parts.map(({ field, label }) => (
            <SelectField key={field} at={`${at}/weights/${field}`} label={label} whenEmpty={asInConfig} choices={weightFormatChoices} />
          ))}
        </div>
      </FormFold>
    </div>
  );
};
