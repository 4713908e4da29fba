"use client";

import { AlternativeChoice } from "@/components/request-form/alternative-choice.tsx";
import { GroupErrors } from "@/components/request-form/group-errors.tsx";
import { PrecisionFields } from "@/components/request-form/precision-fields.tsx";
import { useRequestForm } from "@/components/request-form/request-form-context.ts";
import { SuggestedField } from "@/components/request-form/suggested-field.tsx";
import { TextAreaField } from "@/components/request-form/text-area-field.tsx";

export const ModelFields = ({ at }: { readonly at: string }) => {
  const { lists } = useRequestForm();
  return (
    <>
      <div className="group/model space-y-4">
        <AlternativeChoice
          at={`${at}/model`}
          label="Where the model comes from"
          choices={[
            { value: "bundled", label: "Bundled model" },
            { value: "config", label: "Own config.json" },
          ]}
        />
        <GroupErrors at={`${at}/model`} />
        <SuggestedField
          at={`${at}/model/id`}
          label="Model"
          options={lists.models}
          hint="Type to search the bundled models; beside an own config it is only a name"
        />
        <div className="hidden group-has-[[value=config]:checked]/model:block">
          <TextAreaField
            at={`${at}/model/config`}
            label="config.json"
            rows={8}
            hint="Paste the model's config.json as Hugging Face has it"
          />
        </div>
      </div>
      <PrecisionFields at={`${at}/precision`} />
    </>
  );
};
