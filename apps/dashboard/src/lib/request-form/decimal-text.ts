const plainNumber = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;
const groupedNumber = /^-?\d{1,3}(?:([, ])\d{3})(?:\1\d{3})*(?:\.\d+)?$/;

/** A number as people type it, "1,000" and "5 %" too, in JSON's spelling; undefined where it is none. */
export const readDecimal = (typed: string): string | undefined => {
  const text = typed.trim().replace(/\s*%$/, "");
  if (plainNumber.test(text)) return text;
  return groupedNumber.test(text) ? text.replaceAll(/[, ]/g, "") : undefined;
};

/**
 * Moves the decimal point of a number in JSON's spelling to the right, or to the left by negative places. Works on the
 * digits, because 0.07 × 100 is not 7 in floats and what was typed must come back as it was.
 */
export const shiftPoint = (number: string, places: number): string => {
  const [mantissa = "", exponent = "0"] = number.toLowerCase().split("e");
  const [whole = "", fraction = ""] = mantissa.replace("-", "").split(".");
  const point = whole.length + Number(exponent) + places;
  const digits = whole + fraction;
  if (Math.abs(point) > 400) return number;
  const padded = point <= 0 ? "0".repeat(1 - point) + digits : digits.padEnd(point, "0");
  const at = Math.max(point, 1);
  const left = padded.slice(0, at).replace(/^0+(?=\d)/, "");
  const right = padded.slice(at).replace(/0+$/, "");
  return `${mantissa.startsWith("-") ? "-" : ""}${left}${right === "" ? "" : `.${right}`}`;
};
