"use client";

import { GroupErrors } from "@/components/request-form/group-errors.tsx";
import { TextField } from "@/components/request-form/text-field.tsx";
import { statedDefaults } from "@/lib/request-form/stated-defaults.ts";

export const TargetFields = ({ at }: { readonly at: string }) => (
  <>
    <GroupErrors at={at} />
    <div className="grid gap-x-5 gap-y-4 sm:grid-cols-2 xl:grid-cols-4">
      <TextField at={`${at}/ttftMs`} label="First token" unit="ms" kind="number" whenEmpty="no target" hint="ttft" />
      <TextField at={`${at}/tpotMs`} label="Per output token" unit="ms" kind="number" whenEmpty="no target" hint="tpot" />
      <TextField at={`${at}/requestLatencyMs`} label="Whole answer" unit="s" kind="number" whenEmpty="no target" />
      <TextField
        at={`${at}/percentile`}
        label="Percentile"
        unit="50 to 99.9"
        kind="number"
        whenEmpty={statedDefaults.percentile}
        hint="Holds for each target"
      />
    </div>
  </>
);
