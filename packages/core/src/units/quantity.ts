declare const unit: unique symbol;

/** A number that knows its unit. Only this folder makes one. */
export type Quantity<U extends string> = number & { readonly [unit]: U };

export type Bytes = Quantity<"B">;
export type BytesPerSecond = Quantity<"B/s">;
export type Seconds = Quantity<"s">;
export type Flops = Quantity<"FLOP">;
export type FlopsPerSecond = Quantity<"FLOP/s">;
export type TokensPerSecond = Quantity<"token/s">;
export type RequestsPerSecond = Quantity<"request/s">;

/** Capacity is binary: 1 GiB = 2³⁰ bytes. */
const bytesPerGib = 2 ** 30;

export const bytes = (n: number): Bytes => n as Bytes;
export const gib = (n: number): Bytes => (n * bytesPerGib) as Bytes;
export const mib = (n: number): Bytes => (n * 2 ** 20) as Bytes;
export const toGib = (quantity: Bytes): number => quantity / bytesPerGib;

/** Bandwidth is decimal: 1 GB/s = 10⁹ bytes per second. */
export const bytesPerSecond = (n: number): BytesPerSecond => n as BytesPerSecond;
export const gigabytesPerSecond = (n: number): BytesPerSecond => (n * 1e9) as BytesPerSecond;
export const gigabitsPerSecond = (n: number): BytesPerSecond => ((n * 1e9) / 8) as BytesPerSecond;

export const seconds = (n: number): Seconds => n as Seconds;
export const milliseconds = (n: number): Seconds => (n / 1e3) as Seconds;
export const microseconds = (n: number): Seconds => (n / 1e6) as Seconds;
export const toMs = (quantity: Seconds): number => quantity * 1e3;

export const flops = (n: number): Flops => n as Flops;
export const flopsPerSecond = (n: number): FlopsPerSecond => n as FlopsPerSecond;
export const teraflopsPerSecond = (n: number): FlopsPerSecond => (n * 1e12) as FlopsPerSecond;

export const tokensPerSecond = (n: number): TokensPerSecond => n as TokensPerSecond;
export const requestsPerSecond = (n: number): RequestsPerSecond => n as RequestsPerSecond;

/** A month of continuous use, as cloud price lists count it. */
export const hoursPerMonth = 730;
export const hoursPerYear = 8760;
export const hoursPerWeek = 168;
