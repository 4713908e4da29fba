import { type Plan, type PlanLine, payingLine } from "@headroom/core";
import { counted, formatCount, formatHourlyCount } from "../format/quantities.ts";

const terms = { "1y": "one year", "3y": "three years" } as const;

/** How a line is bought: "on-demand", "reserved for one year". */
export const boughtAs = ({ capacityType, term }: Pick<PlanLine, "capacityType" | "term">): string =>
  term ? `${capacityType} for ${terms[term]}` : capacityType;

/** "for 4.6 hours" of a line that is there for a part of the horizon, else nothing. */
export const thereFor = ({ active }: Pick<PlanLine, "active">): string =>
  active ? `for ${formatCount(active.untilHour - active.fromHour)} hours` : "";

/** "1 × p5.48xlarge, aws reserved for one year". */
const bought = (line: PlanLine): string =>
  `${formatHourlyCount(line.instances)} × ${line.instanceType}, ${line.provider} ${boughtAs(line)}`;

const shownLines = 2;

/** What a plan buys, in a table's line. */
export const buysInOneLine = ({ lines }: Plan): string => {
  const paying = lines.filter((line) => payingLine(line) === undefined);
  if (paying.length === 0) return "Nothing: no plan meets the request";
  const shown = paying.slice(0, shownLines).map(bought).join(" + ");
  return paying.length > shownLines ? `${shown} + ${counted(paying.length - shownLines, "more line")}` : shown;
};

interface TrustWords {
  readonly label: string;
  readonly meaning: string;
}

/** How far a price can be trusted, as the glossary says it. */
export const priceTrustWords: Readonly<Record<PlanLine["priceTrust"], TrustWords>> = {
  list: { label: "list price", meaning: "Read off a price list." },
  survey: { label: "survey price", meaning: "From a public survey." },
  "assumed-discount": {
    label: "assumed discount",
    meaning: "Derived from a list price by a published typical discount. Ask for a quote before you sign.",
  },
};

type EstimateSource = NonNullable<PlanLine["predicted"]>["source"];

export const estimateSourceWords: Readonly<Record<EstimateSource, TrustWords>> = {
  measured: { label: "measured", meaning: "A measurement of this very configuration stands behind it." },
  interpolated: { label: "interpolated", meaning: "Fitted to measurements of this chip or its family, not of this very configuration." },
  roofline: {
    label: "roofline",
    meaning: "From the chip's rates and named losses; no measurement of this configuration stands behind it.",
  },
};
