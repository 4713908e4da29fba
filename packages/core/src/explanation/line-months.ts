import type { Plan, PlanLine } from "../plan/index.ts";
import { hoursPerMonth } from "../units/index.ts";

/** "from month 4", "in months 2 to 5", "in month 3"; undefined for what is there throughout, and for runs, whose days are told. */
export const lineMonths = ({ active, training }: PlanLine, { stages }: Pick<Plan, "stages">): string | undefined => {
  const end = stages?.at(-1)?.untilHour;
  if (!active || training || end === undefined) return undefined;
  const from = Math.round(active.fromHour / hoursPerMonth) + 1;
  const until = Math.max(from, Math.round(active.untilHour / hoursPerMonth));
  if (active.untilHour === end) return `from month ${from}`;
  return from === until ? `in month ${from}` : `in months ${from} to ${until}`;
};

/** What a line changes of an earlier one of the same service on the same offer in the same layout. */
export type LineStep =
  | { readonly kind: "first" }
  /** Beside what stands already. */
  | { readonly kind: "more" }
  /** After months without. */
  | { readonly kind: "again" }
  /** In the place of what ended where this begins. */
  | { readonly kind: "instead"; readonly of: PlanLine };

export const lineStep = (line: PlanLine, { lines }: Pick<Plan, "lines">): LineStep => {
  const earlier = lines.slice(0, lines.indexOf(line)).filter((other) => sameThing(other, line));
  const from = line.active?.fromHour ?? 0;
  const ended = earlier.find(({ active }) => active?.untilHour === from);
  if (ended) return { kind: "instead", of: ended };
  if (earlier.length === 0) return { kind: "first" };
  return { kind: earlier.some(({ active }) => (active?.untilHour ?? Number.POSITIVE_INFINITY) > from) ? "more" : "again" };
};

const sameThing = (a: PlanLine, b: PlanLine): boolean =>
  a.for === b.for && a.offerId === b.offerId && JSON.stringify(a.layout) === JSON.stringify(b.layout);
