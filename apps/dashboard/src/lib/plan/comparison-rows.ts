import { type Explanation, isLeftOpen, type Plan } from "@headroom/core";

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
      meaning: meaningOf(baseline, explanation.baselines),
      usdPerHour: explanation.baselines[baseline] ?? undefined,
    })),
    ...explanation.runnersUp.map((runnerUp) => ({
      label: sentence(runnerUp.change),
      ...proved(runnerUp),
      usdPerHour: runnerUp.usdPerHour,
    })),
  ];
  const known = others.filter(({ usdPerHour }) => usdPerHour !== undefined).toSorted((a, b) => Number(a.usdPerHour) - Number(b.usdPerHour));
  const unknown = others.filter(({ usdPerHour }) => usdPerHour === undefined);
  return [{ label: "This plan", usdPerHour: cost.usdPerHour, isThisPlan: true }, ...known, ...unknown];
};

const meaningOf = (baseline: Baseline, { popularRuleFails }: Explanation["baselines"]): string => {
  const { meaning } = baselineWords[baseline];
  return baseline === "popularRule" && popularRuleFails !== undefined ? `${meaning} Not here: ${popularRuleFails}.` : meaning;
};

/** What might be had for less says what it cannot be had for. */
const proved = (runnerUp: Explanation["runnersUp"][number]): { readonly meaning?: string } =>
  isLeftOpen(runnerUp) && runnerUp.usdPerHourAtLeast !== undefined
    ? { meaning: `Found at this price; proved to cost no less than ${runnerUp.usdPerHourAtLeast} USD an hour.` }
    : {};

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
