import { CronField } from "@/components/schedule/cron-field.tsx";
import { Combobox } from "@/components/ui/combobox.tsx";
import { Field } from "@/components/ui/field.tsx";
import { inputStyle } from "@/components/ui/input-style.ts";
import type { ScheduleFields } from "@/lib/schedule/schedule-fields.ts";

interface ScheduleFieldsetProps {
  readonly fields: ScheduleFields;
  readonly zones: readonly string[];
  /** By pointer into the schedule's JSON. */
  readonly errors: Readonly<Record<string, string>>;
  readonly onChange: (changes: Partial<ScheduleFields>) => void;
}

export const ScheduleFieldset = ({ fields, zones, errors, onChange }: ScheduleFieldsetProps) => (
  <div className="grid gap-x-5 gap-y-4 sm:grid-cols-2">
    <CronField value={fields.cron} error={errors["/cron"]} onChange={(cron) => onChange({ cron })} />
    <Field id="schedule-zone" label="Time zone" hint="As the IANA database names it" error={errors["/timeZone"]}>
      {(aria) => (
        <Combobox
          id={aria.id}
          name="timeZone"
          value={fields.timeZone}
          onChange={(timeZone) => onChange({ timeZone })}
          options={zones.map((value) => ({ value }))}
          describedBy={aria["aria-describedby"]}
          invalid={aria["aria-invalid"] === true}
        />
      )}
    </Field>
    <Field
      id="schedule-threshold"
      label="Switch when it saves more than"
      unit="% of the cost"
      hint="Below it the plan in force is kept"
      error={errors["/switchThresholdShare"]}
    >
      {(aria) => (
        <input
          {...aria}
          name="thresholdPercent"
          type="text"
          inputMode="decimal"
          value={fields.thresholdPercent}
          onChange={(event) => onChange({ thresholdPercent: event.target.value })}
          className={inputStyle}
        />
      )}
    </Field>
    <label className="flex min-h-9 cursor-pointer items-center gap-2.5 self-start text-sm sm:mt-6">
      <input
        type="checkbox"
        name="enabled"
        checked={fields.enabled}
        onChange={(event) => onChange({ enabled: event.target.checked })}
        className="size-4 accent-accent"
      />
      Switched on
    </label>
  </div>
);
