import { formatInZone } from "@/lib/format/dates.ts";
import type { SchedulePreview } from "@/lib/schedule/preview-schedule.ts";

interface SchedulePreviewTextProps {
  readonly preview: SchedulePreview;
  readonly timeZone: string;
  readonly isOn: boolean;
}

export const SchedulePreviewText = ({ preview: { words, next }, timeZone, isOn }: SchedulePreviewTextProps) => (
  <div aria-live="polite" className="text-sm leading-6 lg:border-line lg:border-l lg:pl-8">
    <p className="font-medium">{words}</p>
    {next.length > 0 && (
      <>
        <p className="mt-1 text-soft">{isOn ? "The next five times" : "The next five times, once it is switched on"}</p>
        <ol>
          {next.map((instant) => (
            <li key={instant}>
              <time dateTime={instant}>{inZone(instant, timeZone)}</time>
            </li>
          ))}
        </ol>
      </>
    )}
  </div>
);

/** The zone may be half typed while the times are still those of the last one. */
const inZone = (instant: string, timeZone: string): string => {
  try {
    return formatInZone(instant, timeZone);
  } catch {
    return formatInZone(instant, "UTC");
  }
};
