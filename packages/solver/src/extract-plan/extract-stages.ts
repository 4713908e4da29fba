import { formatUsd, lineCost, type Plan, type PlanLine } from "@headroom/core";
import { byHour } from "../formulate/hour-groups.ts";
import { keyOfUnit } from "../solve/commitment-paths.ts";
import type { Purchase } from "../solve/fleet.ts";
import type { FleetInStage, StagedFleet } from "../solve/solve-stages.ts";
import { extractLine } from "./extract-line.ts";
import { extractDemandMet, extractRouting } from "./extract-routing.ts";
import { busiestLoad } from "./line-load.ts";

/** Something bought in a run of stages: `portions` is what stands of it in each, undefined outside the run. */
interface Span {
  readonly from: number;
  readonly until: number;
  readonly portions: readonly (Purchase | undefined)[];
}

/**
 * Lines of a staged fleet. What is bought by the hour has a line for each run of stages in which its counts stay; a commitment
 * has one for each stage that adds to it, from there to the end, and they share its load in proportion.
 */
export const extractStages = (
  { stages }: StagedFleet,
  horizonHours: number,
): Pick<Plan, "lines" | "routing" | "demandMet"> & { readonly stages: NonNullable<Plan["stages"]> } => {
  const keys = [...new Set(stages.flatMap(({ fleet }) => fleet.purchases.map(({ unit }) => keyOfUnit(unit))))].toSorted();
  const spans = keys.flatMap((key) => spansOf(stages, key));
  return {
    stages: stages.map(({ stage: { fromHour, untilHour } }) => ({ fromHour, untilHour })),
    lines: spans.map((span) => lineOf(stages, span, horizonHours)),
    routing: stages.flatMap((inStage, stage) => routingIn(inStage, stage, spans)),
    demandMet: stages.flatMap(({ problem, fleet }, stage) => extractDemandMet(problem.needs, fleet).map((row) => ({ ...row, stage }))),
  };
};

const spansOf = (stages: readonly FleetInStage[], key: string): Span[] => {
  const bought = stages.map(({ fleet }) => fleet.purchases.find(({ unit }) => keyOfUnit(unit) === key));
  return bought.some((purchase) => purchase?.unit.committed) ? additions(bought) : runs(stages, bought);
};

const additions = (bought: readonly (Purchase | undefined)[]): Span[] => {
  const counts = bought.map((purchase) => Math.max(0, ...(purchase?.counts ?? [])));
  return counts.flatMap((count, from) => {
    const added = count - (counts[from - 1] ?? 0);
    if (added <= 0) return [];
    const portions = bought.map((purchase, stage) => (stage < from || !purchase ? undefined : portionOf(purchase, added)));
    return [{ from, until: bought.length, portions }];
  });
};

const portionOf = ({ unit, counts, shares }: Purchase, count: number): Purchase => ({
  unit,
  counts: counts.map(() => count),
  bought: counts.map(() => count),
  host: undefined,
  shares: shares.map((ofGroup, group) => ofGroup.map((share) => (share * count) / (counts[group] ?? count))),
});

const runs = (stages: readonly FleetInStage[], bought: readonly (Purchase | undefined)[]): Span[] => {
  const texts = bought.map((purchase, stage) => purchase && JSON.stringify(byHour(stages[stage]?.fleet.groups ?? [], purchase.counts)));
  const starts = texts.flatMap((text, stage) => (text !== undefined && text !== texts[stage - 1] ? [stage] : []));
  return starts.map((from) => {
    const beyond = texts.findIndex((text, stage) => stage > from && text !== texts[from]);
    const until = beyond < 0 ? texts.length : beyond;
    return { from, until, portions: bought.map((purchase, stage) => (stage >= from && stage < until ? purchase : undefined)) };
  });
};

/** What the line says of its load is said of the stage that keeps it busiest. */
const lineOf = (stages: readonly FleetInStage[], { from, until, portions }: Span, horizonHours: number): PlanLine => {
  const [busiest] = portions
    .flatMap((portion, index) => {
      const inStage = stages[index];
      return portion && inStage ? [{ portion, inStage, load: busiestLoad(portion, inStage.problem, inStage.fleet) }] : [];
    })
    .toSorted((a, b) => b.load.utilization - a.load.utilization);
  if (!busiest) throw new Error("a line stands in some stage");
  const line = extractLine(busiest.portion, busiest.inStage.problem, busiest.inStage.fleet);
  const active = { fromHour: stages[from]?.stage.fromHour ?? 0, untilHour: stages[until - 1]?.stage.untilHour ?? horizonHours };
  const isWhole = active.fromHour === 0 && active.untilHour === horizonHours;
  const inWindow: PlanLine = isWhole ? line : { ...line, active };
  return { ...inWindow, usdPerHour: formatUsd(lineCost(inWindow, { horizonHours })) };
};

const routingIn = ({ problem, fleet }: FleetInStage, stage: number, spans: readonly Span[]): Plan["routing"] => {
  const there = spans.flatMap(({ portions }, line) => {
    const portion = portions[stage];
    return portion ? [{ portion, line }] : [];
  });
  const rows = extractRouting(problem.needs, { ...fleet, purchases: there.map(({ portion }) => portion) });
  return rows.map(({ shares, ...row }) => ({
    ...row,
    stage,
    shares: Object.fromEntries(Object.entries(shares).map(([index, share]) => [String(there[Number(index)]?.line), share])),
  }));
};
