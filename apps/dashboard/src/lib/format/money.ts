const decimal = /^(-?)(\d+)(?:\.(\d+))?$/;

interface Decimal {
  readonly sign: string;
  readonly whole: string;
  readonly fraction: string;
}

const read = (amount: string): Decimal | undefined => {
  const match = decimal.exec(amount);
  return match ? { sign: match[1] ?? "", whole: match[2] ?? "0", fraction: match[3] ?? "" } : undefined;
};

const minus = "−";

const grouped = (whole: string): string => whole.replace(/\B(?=(\d{3})+$)/g, ",");

const written = ({ sign, whole, fraction }: Decimal): string => {
  const isNothing = /^0*$/.test(whole + fraction);
  return `${sign && !isNothing ? minus : ""}${grouped(whole)}${fraction === "" ? "" : `.${fraction}`}`;
};

/** Rounds half up, away from zero, digit by digit: no amount passes through a float. */
const rounded = ({ sign, whole, fraction }: Decimal, places: number): Decimal => {
  const kept = BigInt(whole + fraction.slice(0, places).padEnd(places, "0"));
  const digits = (fraction.charAt(places) >= "5" ? kept + 1n : kept).toString().padStart(places + 1, "0");
  return { sign, whole: digits.slice(0, digits.length - places), fraction: digits.slice(digits.length - places) };
};

/** A sum of money as people read it: "20440.0051" is "20,440.01". */
export const formatTotal = (amount: string): string => {
  const value = read(amount);
  return value ? written(rounded(value, 2)) : amount;
};

/** A price with every place it has: "23.86391" stays "23.86391". */
export const formatUnitPrice = (amount: string): string => {
  const value = read(amount);
  return value ? written(value) : amount;
};

/** A total with its sign, also where it is a plus. */
export const formatDifference = (amount: string): string => {
  const total = formatTotal(amount);
  return total.startsWith(minus) || total === "0.00" ? total : `+${total}`;
};

/** The dollars of `hours` hours at an hourly amount, exactly. */
export const overHours = (amountPerHour: string, hours: number): string => {
  const value = read(amountPerHour);
  if (!value) return amountPerHour;
  const length = value.fraction.length;
  const digits = (BigInt(value.whole + value.fraction) * BigInt(hours)).toString().padStart(length + 1, "0");
  const whole = digits.slice(0, digits.length - length);
  return `${value.sign}${whole}${length > 0 ? `.${digits.slice(digits.length - length)}` : ""}`;
};

const places = 6;

const micro = (amount: string): bigint | undefined => {
  const value = read(amount);
  return value && BigInt(`${value.sign}${value.whole}${value.fraction.slice(0, places).padEnd(places, "0")}`);
};

/** a − b of two amounts of at most six places, exactly. */
export const subtract = (a: string, b: string): string => {
  const [from, taken] = [micro(a), micro(b)];
  if (from === undefined || taken === undefined) return a;
  const left = from - taken;
  const digits = (left < 0n ? -left : left).toString().padStart(places + 1, "0");
  return `${left < 0n ? "-" : ""}${digits.slice(0, -places)}.${digits.slice(-places)}`;
};

/** −1, 0 or 1. */
export const signOf = (amount: string): number => (/[1-9]/.test(amount) ? (amount.startsWith("-") ? -1 : 1) : 0);

/** For the length of a bar, where a float will do. */
export const forChart = (amount: string): number => Number(amount);
