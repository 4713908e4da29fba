import { formatCount } from "../format/quantities.ts";
import { readDecimal } from "./decimal-text.ts";
import { statedDefaults } from "./stated-defaults.ts";

const hoursPerMonth = 730;

/** "12 months of 730 hours" under a field of hours. */
export const horizonInWords = (typed = ""): string => {
  const hours = Number(typed.trim() === "" ? statedDefaults.horizonHours : readDecimal(typed));
  if (!(hours > 0)) return "A month has 730 hours";
  const months = Math.round((hours / hoursPerMonth) * 100) / 100;
  return `${formatCount(months)} ${months === 1 ? "month" : "months"} of 730 hours`;
};
