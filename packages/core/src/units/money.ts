import { invariant } from "./invariant.ts";

declare const currency: unique symbol;

/** Whole millionths of a US dollar. A bigint, because a fleet's three-year cost in micro-dollars passes 2⁵³. */
export type MicroUsd = bigint & { readonly [currency]: "µUSD" };

const decimalUsd = /^(\d{1,12})(?:\.(\d{1,6}))?$/;

export const microUsd = (amount: bigint): MicroUsd => amount as MicroUsd;

export const noMoney = microUsd(0n);

/** Reads `12.5` or `"12.50"`; answers undefined where the value is no plain decimal of at most six places. */
export const parseUsd = (value: number | string): MicroUsd | undefined => {
  if (typeof value === "number") {
    return value >= 0 && value < 1e12 ? microUsd(BigInt(Math.round(value * 1e6))) : undefined;
  }
  const match = decimalUsd.exec(value);
  if (!match) return undefined;
  const [, whole = "0", fraction = ""] = match;
  return microUsd(BigInt(whole + fraction.padEnd(6, "0")));
};

/** For prices written in this repository: throws where `value` is not a decimal, which is a bug. */
export const usd = (value: number | string): MicroUsd => {
  const amount = parseUsd(value);
  invariant(amount !== undefined, `${value} is not an amount in US dollars`);
  return amount;
};

/** The contract's money: a decimal string with two to six places, `"28.00"`, `"0.526125"`. */
export const formatUsd = (amount: MicroUsd): string => {
  const sign = amount < 0n ? "-" : "";
  const digits = (amount < 0n ? -amount : amount).toString().padStart(7, "0");
  return `${sign}${digits.slice(0, -6)}.${digits.slice(-6).replace(/0{1,4}$/, "")}`;
};

/** For comparing, charting and the mathematics, where a float will do. */
export const toUsd = (amount: MicroUsd): number => Number(amount) / 1e6;

export const timesCount = (price: MicroUsd, count: number): MicroUsd => {
  invariant(Number.isSafeInteger(count), `${count} is not a whole number`);
  return microUsd(price * BigInt(count));
};

export const sumUsd = (amounts: Iterable<MicroUsd>): MicroUsd => {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return microUsd(total);
};

export const lesserUsd = (a: MicroUsd, b: MicroUsd): MicroUsd => {
  if (b < a) return b;
  return a;
};

/** amount ÷ divisor, rounded half up to the micro-dollar. */
export const divideUsd = (amount: MicroUsd, divisor: number): MicroUsd => {
  invariant(Number.isSafeInteger(divisor) && divisor > 0, `${divisor} is no positive whole number`);
  const by = BigInt(divisor);
  return microUsd((2n * amount + by) / (2n * by));
};
