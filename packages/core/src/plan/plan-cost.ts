import { type BuyingRules, hoursOfTerm } from "../market/index.ts";
import type { CapacityType } from "../request/plan-request.ts";
import {
  divideUsd,
  formatUsd,
  hoursPerMonth,
  hoursPerWeek,
  type MicroUsd,
  microUsd,
  noMoney,
  parseUsd,
  sumUsd,
  timesCount,
  toUsd,
  usd,
} from "../units/index.ts";
import { countOfWeek, mostOf } from "./hourly-count.ts";
import { listPriceOf } from "./line-price.ts";
import type { Plan, PlanCost, PlanLine } from "./plan-document.ts";
import { sharesPerHour } from "./shared-pools.ts";

type PricedLine = Pick<PlanLine, "usdPerInstanceHour" | "instances" | "egress">;
type Horizon = Pick<BuyingRules, "horizonHours">;

/** price × instances over the hours of one week: exact, where the mean of an hour may not be; and what its answers cost on their way. */
const weekOf = (line: PricedLine): MicroUsd => sumUsd([weekAt(usd(line.usdPerInstanceHour), line), egressOfWeek(line)]);

const weekAt = (price: MicroUsd, { instances }: Pick<PlanLine, "instances">): MicroUsd => timesCount(price, countOfWeek(instances));

const egressOfWeek = ({ egress }: Pick<PlanLine, "egress">): MicroUsd =>
  egress === undefined ? noMoney : timesCount(usd(egress.usdPerHour), hoursPerWeek);

/** What a line costs in an hour in which it is there, in the mean of a week. */
export const lineCostAtWork = (line: PricedLine): MicroUsd => divideUsd(weekOf(line), hoursPerWeek);

/** Mean cost of one line in an hour of the horizon. */
export const lineCost = (line: PlanLine, horizon: Horizon): MicroUsd => costPerHour([line], horizon);

/** Mean cost of lines in an hour of the horizon. */
export const costPerHour = (lines: readonly PlanLine[], horizon: Horizon): MicroUsd => costOverHours(lines, 1, horizon);

/** Hours in whole thousandths, so that money stays whole. */
const thousandths = (hours: number): number => Math.round(hours * 1000);

const activeHours = ({ active }: Pick<PlanLine, "active">, { horizonHours }: Horizon): number =>
  active ? active.untilHour - active.fromHour : horizonHours;

/** A line costs the same in every week in which it is there. */
const costOverHours = (lines: readonly PlanLine[], hours: number, horizon: Horizon): MicroUsd =>
  partOverHours(lines, weekOf, { hours, ...horizon });

const partOverHours = (
  lines: readonly PlanLine[],
  ofWeek: (line: PlanLine) => MicroUsd,
  { hours, horizonHours }: Horizon & { readonly hours: number },
): MicroUsd => {
  const whole = lines.map((line) => timesCount(ofWeek(line), thousandths(activeHours(line, { horizonHours }))));
  return divideUsd(timesCount(sumUsd(whole), hours), hoursPerWeek * 1000 * horizonHours);
};

/** What a line costs from its first hour to its last. */
export const lineCostWhileActive = (line: PricedLine & Pick<PlanLine, "active">, horizon: Horizon): MicroUsd =>
  divideUsd(timesCount(weekOf(line), thousandths(activeHours(line, horizon))), hoursPerWeek * 1000);

/** Whether any month of the horizon costs more than a budget. Exact. */
export const exceedsInAMonth = (lines: readonly PlanLine[], budget: MicroUsd, { horizonHours }: Horizon): boolean => {
  const months = Array.from({ length: Math.ceil(horizonHours / hoursPerMonth) }, (_, month) => month * hoursPerMonth);
  const weeks = lines.map((line) => ({ line, week: weekOf(line) }));
  return months.some((from) => {
    const inMonth = weeks.map(({ line, week }) => timesCount(week, thousandths(hoursInMonth(line, from))));
    return sumUsd(inMonth) > timesCount(budget, hoursPerWeek * 1000);
  });
};

const hoursInMonth = ({ active }: PlanLine, from: number): number =>
  active ? Math.max(0, Math.min(active.untilHour, from + hoursPerMonth) - Math.max(active.fromHour, from)) : hoursPerMonth;

export const runInOneMonth = (run: MicroUsd, perHour: MicroUsd): MicroUsd => {
  const wholeMonth = timesCount(perHour, hoursPerMonth);
  return run < wholeMonth ? run : wholeMonth;
};

/** The cost of a plan, from its lines alone. */
export const planCost = (plan: Pick<Plan, "lines" | "demandMet" | "request" | "stages">, { horizonHours }: Horizon): PlanCost => {
  const { lines, request } = plan;
  const horizon = { horizonHours };
  const switching = switchingCost(plan);
  return {
    usdPerHour: formatUsd(costPerHour(lines, horizon)),
    usdPerMonth: formatUsd(costOverHours(lines, hoursPerMonth, horizon)),
    usdHorizon: formatUsd(costOverHours(lines, horizonHours, horizon)),
    usdUpfront: formatUsd(noMoney),
    usdCommittedBeyondHorizon: formatUsd(sumUsd(lines.map((line) => committedBeyond(line, horizonHours)))),
    ...(request.current === undefined ? {} : { usdSwitching: formatUsd(switching) }),
    byCapacityType: byCapacityType(lines, horizon),
    ...partsOf(lines, horizon),
    usdPerMillionOutputTokens: perMillionOutputTokens(plan, horizon),
  };
};

/** Storage and egress by themselves; what is neither is the list price. */
const partsOf = (lines: readonly PlanLine[], horizon: Horizon): Pick<PlanCost, "parts"> => {
  if (!lines.some(({ priceParts, egress }) => priceParts ?? egress)) return {};
  const mean = (ofWeek: (line: PlanLine) => MicroUsd) => partOverHours(lines, ofWeek, { hours: 1, ...horizon });
  const storage = mean((line) => weekAt(usd(line.priceParts?.storageUsdPerInstanceHour ?? 0), line));
  const egress = mean(egressOfWeek);
  return {
    parts: {
      listUsdPerHour: formatUsd(microUsd(mean(weekOf) - storage - egress)),
      storageUsdPerHour: formatUsd(storage),
      egressUsdPerHour: formatUsd(egress),
    },
  };
};

/** What a commitment still owes when the horizon ends: the instance alone, for a disk ends with its use. */
const committedBeyond = (line: PlanLine, horizonHours: number): MicroUsd =>
  line.term === undefined
    ? noMoney
    : timesCount(
        divideUsd(weekAt(listPriceOf(line), line), hoursPerWeek),
        Math.max(0, Math.ceil(hoursOfTerm[line.term] - activeHours(line, { horizonHours }))),
      );

/** Once, for each instance of an offer, at most in any hour of the first stage, that the plan in force does not have. */
export const switchingCost = ({ lines, request }: Pick<Plan, "lines" | "request">): MicroUsd => {
  const price = request.switchingUsdPerInstance === undefined ? noMoney : (parseUsd(request.switchingUsdPerInstance) ?? noMoney);
  const had = instancesInForce(request);
  const wanted = new Map<string, number>();
  for (const { offerId, instances } of lines.filter(isThereAtFirst)) wanted.set(offerId, (wanted.get(offerId) ?? 0) + mostOf(instances));
  const started = [...wanted].reduce((sum, [offerId, count]) => sum + Math.max(0, count - (had.get(offerId) ?? 0)), 0);
  return timesCount(price, started);
};

/** A plan in force is in its first stage. */
export const isThereAtFirst = ({ active }: Pick<PlanLine, "active">): boolean => (active?.fromHour ?? 0) === 0;

/** Instances of each offer in the plan in force, at most in any hour. A document that is none counts as nothing. */
export const instancesInForce = ({ current }: Plan["request"]): ReadonlyMap<string, number> => {
  const had = new Map<string, number>();
  const { lines }: Record<string, unknown> = current ?? {};
  for (const line of Array.isArray(lines) ? lines : []) {
    const { offerId, instances, active } = (line ?? {}) as Partial<Pick<PlanLine, "offerId" | "instances" | "active">>;
    if (typeof offerId !== "string" || instances === undefined || !isThereAtFirst({ active })) continue;
    const count = typeof instances === "number" || Array.isArray(instances?.hourOfWeek) ? mostOf(instances) : 0;
    if (Number.isSafeInteger(count) && count > 0) had.set(offerId, (had.get(offerId) ?? 0) + count);
  }
  return had;
};

const byCapacityType = (lines: readonly PlanLine[], horizon: Horizon): PlanCost["byCapacityType"] => {
  const sums = new Map<CapacityType, PlanLine[]>();
  for (const line of lines) sums.set(line.capacityType, [...(sums.get(line.capacityType) ?? []), line]);
  return Object.fromEntries([...sums].toSorted().map(([capacityType, ofType]) => [capacityType, formatUsd(costPerHour(ofType, horizon))]));
};

/** Dollars an hour over the output tokens that the demand asks for in an hour, both in the mean of the hours. */
const perMillionOutputTokens = (
  { lines, demandMet, request, stages }: Pick<Plan, "lines" | "demandMet" | "request" | "stages">,
  horizon: Horizon,
): Record<string, string> => {
  const shares = sharesPerHour(lines);
  return Object.fromEntries(
    request.services.flatMap(({ name, demand }) => {
      const own = lines.filter((line, index) => line.for === name && shares[index] === undefined);
      const cost = sumUsd([
        costPerHour(own, horizon),
        ...shares.flatMap((share, index) => (lines[index]?.for === name ? (share ?? []) : [])),
      ]);
      const rows = demandMet.filter(({ service }) => service === name);
      const hours = new Set(rows.map(({ hour }) => hour)).size;
      const tokensPerSecond = rows.reduce(
        (sum, met) =>
          sum +
          met.requiredRequestsPerSecond *
            shareOfHorizon(stages?.[met.stage ?? -1], horizon) *
            (demand.classes.find((traffic) => traffic.name === met.class)?.oslTokens ?? 0),
        0,
      );
      return tokensPerSecond > 0 ? [[name, formatUsd(usd((toUsd(cost) / ((tokensPerSecond / hours) * 3600)) * 1e6))]] : [];
    }),
  );
};

const shareOfHorizon = (stage: { readonly fromHour: number; readonly untilHour: number } | undefined, { horizonHours }: Horizon): number =>
  stage ? (stage.untilHour - stage.fromHour) / horizonHours : 1;
