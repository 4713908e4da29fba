import type { HourItem } from "./exact-hour.ts";

/**
 * Items for hours in which everything may be had in any number, without those that so many of another one replace: together no
 * dearer, carrying no less, and lifting spot no more over its share. Of equals the first stays.
 */
export const withoutReplaced = <T extends HourItem>(items: readonly T[]): T[] =>
  items.filter((item, at) => !items.some((other, otherAt) => replaces(other, item, otherAt < at ? "of equals too" : "if better")));

const replaces = (other: HourItem, item: HourItem, when: "of equals too" | "if better"): boolean => {
  if (other === item) return false;
  const most = Math.floor(item.price / other.price);
  const least = Math.max(1, Math.ceil(item.capacity / other.capacity - dust));
  // What makes room for spot is best in the greatest number, what takes it in the least.
  const copies = other.adds < 0 ? most : least;
  if (!(copies >= least && copies <= most) || copies * other.adds > item.adds) return false;
  return when === "of equals too" || copies > 1 || other.price < item.price || other.capacity > item.capacity || other.adds < item.adds;
};

const dust = 1e-12;
