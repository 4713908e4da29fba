import type { Plan } from "@headroom/core";

export interface ComparisonRow {
  readonly label: string;
  readonly meaning?: string;
  /** Undefined where no plan of this kind was found. */
  readonly usdPerHour: string | undefined;
  readonly isThisPlan?: boolean;
}

const baselineWords = {
  onDemandOnly: { label: "On-demand only", meaning: "No commitment and no spot." },
  cheapestSingleType: { label: "Cheapest single accelerator", meaning: "Everything on one accelerator, whichever is cheapest." },
  allReserved: { label: "All reserved", meaning: "Every machine committed for its term." },
  popularRule: { label: "Popular rule", meaning: "Half spot, three tenths reserved, the rest on-demand." },
} as const;

type Baseline = keyof typeof baselineWords;

/** This plan against simpler ways to buy and against the best plans without something it uses, cheapest first. */
export const comparisonRows = ({ cost, explanation }: Plan): ComparisonRow[] => {
  if (!cost) return [];
  const others: ComparisonRow[] = [
    ...(Object.keys(baselineWords) as Baseline[]).map((baseline) => ({
      ...baselineWords[baseline],
      usdPerHour: explanation.baselines[baseline] ?? undefined,
    })),
    ...explanation.runnersUp.map(({ change, usdPerHour }) => ({ label: sentence(change), usdPerHour })),
  ];
  const known = others.filter(({ usdPerHour }) => usdPerHour !== undefined).toSorted((a, b) => Number(a.usdPerHour) - Number(b.usdPerHour));
  const unknown = others.filter(({ usdPerHour }) => usdPerHour === undefined);
  return [{ label: "This plan", usdPerHour: cost.usdPerHour, isThisPlan: true }, ...known, ...unknown];
};

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
