import { z } from "zod";
import { parseUsd } from "../units/index.ts";

/** Ten million tokens is beyond any context sold; the bound keeps arithmetic on hostile input finite. */
export const tokenCount = within("int", 1, 10_000_000, "must be a whole number of tokens, 1 to 10,000,000");

/** A whole number from 1 to `most`. */
export const count = (most: number) => within("int", 1, most, `must be a whole number, 1 to ${most}`);

/** A whole number from 0 to `most`. */
export const countOrNone = (most: number) => within("int", 0, most, `must be a whole number, 0 to ${most}`);

export const share = within("number", 0, 1, "must be a share from 0 to 1");

/** A finite number above zero. */
export const positive = (most = 1e12) => within("number", Number.MIN_VALUE, most, `must be a number above 0, at most ${most}`);

export const notNegative = (most = 1e12) => within("number", 0, most, `must be a number from 0 to ${most}`);

/** A rate that somebody measured: neither dust nor beyond what a solver can tell apart. */
export const rate = within("number", 1e-6, 1e9, "must be a rate a second, from 0.000001 to 1,000,000,000");

/** The same, or 0 for none. */
export const rateOrNone = notNegative(1e9).refine((value) => value === 0 || value >= 1e-6, "must be 0, or from 0.000001 to 1,000,000,000");

const labelRule = "must be a text of 1 to 200 characters";
export const label = z
  .string({ error: labelRule })
  .trim()
  .min(1, labelRule)
  .max(200, labelRule)
  .refine((name) => !(name in Object.prototype), "is a word that JSON objects reserve: choose another name");

/** Dollars as a number or as a decimal string of at most six places. */
export const usdAmount = z
  .union([z.number(), z.string()], { error: 'must be dollars: 12.5 or "12.50"' })
  .refine((value) => parseUsd(value) !== undefined, 'must be dollars, 0 or more, with at most six places: 12.5 or "12.50"');

/** Dollars in an answer. */
export const usdText = z.string().regex(/^-?\d+\.\d{2,6}$/);

/** One message for every way a number can be wrong, so that the answer always says what would be right. */
function within(kind: "int" | "number", least: number, most: number, rule: string): z.ZodNumber {
  const schema = kind === "int" ? z.int({ error: rule }) : z.number({ error: rule });
  return schema.min(least, rule).max(most, rule);
}
