import { formatInstant } from "@/lib/format/dates.ts";

/** A day, and the time of it below. */
export const Instant = ({ at }: { readonly at: string }) => {
  const [day, ...time] = formatInstant(at).split(" ");
  return (
    <time dateTime={at} className="inline-block">
      <span className="whitespace-nowrap">{day}</span> <span className="whitespace-nowrap text-soft text-xs block">{time.join(" ")}</span>
    </time>
  );
};
