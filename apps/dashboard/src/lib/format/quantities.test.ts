import { expect, it } from "vitest";
import { counted, formatGib, formatHourlyCount, formatMs, formatParameters, formatPercent, formatShare } from "./quantities.ts";

it.each([
  [formatGib(93.915264), "93.92"],
  [formatGib(1234.5), "1,234.50"],
  [formatMs(223.882), "224"],
  [formatMs(37.082), "37.1"],
  [formatMs(38158.524), "38,159"],
  [formatPercent(0.7984), "80 %"],
  [formatPercent(0.0009, 2), "0.09 %"],
  [formatShare(0.05), "5 %"],
  [formatShare(0.125), "12.5 %"],
  [formatParameters(671_026_419_200), "671.0B"],
  [formatParameters(1.03e12), "1.0T"],
  [counted(1, "instance"), "1 instance"],
  [counted(8760, "hour"), "8,760 hours"],
])("%s is %s", (shown, expected) => {
  expect(shown).toBe(expected);
});

it("shows a count that changes by the hour as its fewest and most", () => {
  expect(formatHourlyCount(1200)).toBe("1,200");
  expect(formatHourlyCount({ hourOfWeek: Array.from({ length: 168 }, (_, hour) => hour % 10) })).toBe("0 to 9");
});
