"use client";

import { AlternativeChoice } from "@/components/request-form/alternative-choice.tsx";
import { GroupErrors } from "@/components/request-form/group-errors.tsx";
import { TextField } from "@/components/request-form/text-field.tsx";

export const DemandFields = ({ at }: { readonly at: string }) => {
  const rate = `${at}/requestRatePerSecond`;
  return (
    <div className="group/demand space-y-4">
      <AlternativeChoice
        at={at}
        label="How demand is stated"
        choices={[
          { value: "people", label: "People" },
          { value: "rate", label: "Requests per second" },
        ]}
      />
      <GroupErrors at={at} />
      <div className="grid gap-x-5 gap-y-4 group-has-[[value=rate]:checked]/demand:hidden sm:grid-cols-3">
        <TextField at={`${rate}/users`} label="People" unit="in all" kind="number" />
        <TextField at={`${rate}/concurrentShare`} label="At once" unit="% of them" kind="number" />
        <TextField
          at={`${rate}/thinkSeconds`}
          label="Thinking between requests"
          unit="s"
          kind="number"
          whenEmpty="0"
          hint="0: each asks again at once"
        />
      </div>
      <div className="hidden max-w-72 group-has-[[value=rate]:checked]/demand:block">
        <TextField at={rate} label="Rate" unit="requests per second" kind="number" />
      </div>
    </div>
  );
};
