import type { HourlyCount } from "@headroom/core";

const grouping = new Intl.NumberFormat("en-US", { maximumFractionDigits: 6 });

export const formatCount = (count: number): string => grouping.format(count);

/** Where the hours of the week differ, the fewest and the most: "0 to 9". */
export const formatHourlyCount = (count: HourlyCount): string =>
  typeof count === "number"
    ? formatCount(count)
    : `${formatCount(Math.min(...count.hourOfWeek))} to ${formatCount(Math.max(...count.hourOfWeek))}`;

export const counted = (count: number, noun: string): string => `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;

const fixed = (digits: number) => new Intl.NumberFormat("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
const oneDecimal = fixed(1);
const twoDecimals = fixed(2);

/** GiB with two places, as many as tell two accelerators apart. */
export const formatGib = (gib: number): string => twoDecimals.format(gib);

/** Milliseconds: whole from a hundred on, one place below. */
export const formatMs = (ms: number): string => (ms >= 100 ? formatCount(Math.round(ms)) : oneDecimal.format(ms));

export const formatSeconds = (ms: number): string => oneDecimal.format(ms / 1000);

export const formatRate = (perSecond: number): string => twoDecimals.format(perSecond);

export const formatPercent = (share: number, digits = 0): string => `${fixed(digits).format(share * 100)} %`;

/** Shares as people typed them: 5 %, 12.5 %. */
export const formatShare = (share: number): string => `${grouping.format(Math.round(share * 1e6) / 1e4)} %`;

/** 671026419200 as "671.0B", 8030261248 as "8.0B". */
export const formatParameters = (parameters: number): string =>
  parameters >= 1e12 ? `${oneDecimal.format(parameters / 1e12)}T` : `${oneDecimal.format(parameters / 1e9)}B`;
