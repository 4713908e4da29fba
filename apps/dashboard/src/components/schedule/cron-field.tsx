import { smallButtonStyle } from "@/components/ui/button-style.ts";
import { Field } from "@/components/ui/field.tsx";
import { inputStyle } from "@/components/ui/input-style.ts";
import { cronPresets } from "@/lib/schedule/cron-presets.ts";

interface CronFieldProps {
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (cron: string) => void;
}

export const CronField = ({ value, error, onChange }: CronFieldProps) => (
  <Field id="schedule-cron" label="When" hint="A cron expression: minute, hour, day, month, weekday" error={error}>
    {(aria) => (
      <>
        <input
          {...aria}
          name="cron"
          type="text"
          spellCheck={false}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className={`${inputStyle} font-mono`}
        />
        <span className="mt-1.5 -ml-2 flex flex-wrap">
          {cronPresets.map(({ label, cron }) => (
            <button key={cron} type="button" className={smallButtonStyle()} onClick={() => onChange(cron)}>
              {label}
            </button>
          ))}
        </span>
      </>
    )}
  </Field>
);
