import { type MicroUsd, parseUsd } from "@headroom/core";

export type PriceReading =
  | { readonly status: "known"; readonly price: MicroUsd }
  | { readonly status: "unknown"; readonly reason: string }
  | { readonly status: "malformed"; readonly reason: string };

/** Reads a price cell to the micro-dollar, which also takes off the noise of floats: 3.2000000000999997 is 3.20. */
export const readPrice = (cell: string | undefined): PriceReading => {
  if (cell === undefined) return { status: "unknown", reason: "no price" };
  const price = plainNumber.test(cell) ? parseUsd(Number(cell)) : undefined;
  if (price === undefined) return { status: "malformed", reason: `"${cell.slice(0, 40)}" is not a price` };
  return price > 0n ? { status: "known", price } : { status: "unknown", reason: "price 0.0 means unknown" };
};

const plainNumber = /^\d+(\.\d*)?(e[+-]?\d+)?$/i;
