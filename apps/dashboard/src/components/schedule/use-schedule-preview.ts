import { useEffect, useRef, useState } from "react";
import type { SchedulePreview } from "@/lib/schedule/preview-schedule.ts";

const typingPauseMs = 250;

/** The preview of what is typed, asked for once the typing pauses; the last one stays until the next is there. */
export const useSchedulePreview = (
  { cron, timeZone }: { readonly cron: string; readonly timeZone: string },
  initial: SchedulePreview,
): SchedulePreview => {
  const [preview, setPreview] = useState(initial);
  const asked = useRef(`${cron}\n${timeZone}`);
  useEffect(() => {
    const question = `${cron}\n${timeZone}`;
    if (asked.current === question) return;
    const gone = new AbortController();
    const timer = setTimeout(async () => {
      asked.current = question;
      const answer = await fetchPreview(cron, timeZone, gone.signal);
      if (answer) setPreview(answer);
    }, typingPauseMs);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [cron, timeZone]);
  return preview;
};

const fetchPreview = async (cron: string, timeZone: string, signal: AbortSignal): Promise<SchedulePreview | undefined> => {
  try {
    const response = await fetch(`/schedule-preview?${new URLSearchParams({ cron, timeZone })}`, { signal });
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
};
