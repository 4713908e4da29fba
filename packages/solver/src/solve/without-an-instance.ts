import { cheapestCover } from "./cheapest-cover.ts";
import type { SurvivingHour, SurvivingQuestion } from "./surviving-hour.ts";

/** The least over x of covering load + x with items of which each counts for x at most. */
export const withoutAnInstance = ({ items, standing, load, tolerance }: SurvivingQuestion): SurvivingHour | undefined => {
  const sizes = new Set([...items, ...standing].map(({ capacity }) => Math.min(capacity, load)));
  const tries = [...sizes].map((size) => {
    const covered = standing.reduce((sum, { capacity, count }) => sum + count * Math.min(capacity, size), 0);
    const need = load + size - covered;
    const ratio = items.reduce((least, { price, capacity }) => Math.min(least, price / Math.min(capacity, size)), Number.POSITIVE_INFINITY);
    return { size, need, least: need <= dust ? 0 : need * ratio };
  });
  let best: SurvivingHour | undefined;
  let lower = Number.POSITIVE_INFINITY;
  for (const { size, need, least } of tries.toSorted((a, b) => a.least - b.least || a.size - b.size)) {
    const below = best?.cost ?? Number.POSITIVE_INFINITY;
    if (least >= below - tolerance) break;
    const capped = items.map((item) => ({ ...item, capacity: Math.min(item.capacity, size) }));
    const cover = cheapestCover({ items: capped, need, below, tolerance });
    lower = Math.min(lower, cover.lower);
    if (cover.counts) best = { cost: cover.cost, lower: 0, counts: cover.counts };
  }
  return best && { ...best, lower: Math.max(0, Math.min(lower, best.cost - tolerance)) };
};

const dust = 1e-9;
