"use client";

import { ClassList } from "@/components/request-form/class-list.tsx";
import { DemandFields } from "@/components/request-form/demand-fields.tsx";
import { EngineFields } from "@/components/request-form/engine-fields.tsx";
import { FormRow } from "@/components/request-form/form-row.tsx";
import { GroupErrors } from "@/components/request-form/group-errors.tsx";
import { ListButton } from "@/components/request-form/list-button.tsx";
import { ModelFields } from "@/components/request-form/model-fields.tsx";
import { TargetFields } from "@/components/request-form/target-fields.tsx";
import { TextField } from "@/components/request-form/text-field.tsx";

interface ServiceFieldsProps {
  readonly index: number;
  readonly count: number;
}

export const ServiceFields = ({ index, count }: ServiceFieldsProps) => {
  const at = `/services/${index}`;
  const title = count > 1 ? `Service ${index + 1}` : "Service";
  return (
    <section aria-label={title} className="pt-10 first:pt-2">
      <div className="flex min-h-9 items-center justify-between gap-4 pb-3">
        <h2 className="font-semibold text-lg tracking-tight">{title}</h2>
        {count > 1 && (
          <ListButton intent={`remove:${at}`} which={title}>
            Remove
          </ListButton>
        )}
      </div>
      <GroupErrors at={at} />
      <FormRow title="Model" about="Its config.json is all that is needed: parameters, memory and speed follow from it.">
        <TextField at={`${at}/name`} label="Name of the service" />
        <ModelFields at={at} />
      </FormRow>
      <FormRow title="Demand" about="How much it must carry at its busiest.">
        <DemandFields at={`${at}/demand`} />
      </FormRow>
      <FormRow title="Traffic" about="What requests look like. Several classes share the replicas.">
        <ClassList at={`${at}/demand/classes`} />
      </FormRow>
      <FormRow title="Targets" about="How fast the answers must come, for the given percentile of requests. At least one.">
        <TargetFields at={`${at}/slo`} />
      </FormRow>
      <FormRow title="Engine" about="The serving engine and what is kept free on purpose.">
        <EngineFields at={at} />
      </FormRow>
    </section>
  );
};
