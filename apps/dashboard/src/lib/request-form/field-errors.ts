import type { Problem } from "@headroom/client";
import { alternatives } from "./alternatives.ts";
import { fieldKindAt, patternOf } from "./field-kinds.ts";

export interface FieldError {
  readonly pointer: string;
  readonly detail: string;
}

/** What the API found wrong, in the units that the form's fields are typed in. */
const words: Readonly<Record<string, string>> = {
  islTokens: "tokens in",
  oslTokens: "tokens out",
  prefixHitShare: "prefix hits",
  requestRatePerSecond: "demand",
  concurrentShare: "share at once",
  thinkSeconds: "thinking time",
  ttftMs: "first token",
  tpotMs: "time per output token",
  requestLatencyMs: "whole answer",
  slo: "targets",
  classes: "traffic class",
  services: "service",
  quotas: "quota",
  capacityTypes: "ways to buy",
  spotMaxShare: "spot share",
  commitmentTerms: "commitment terms",
  horizonHours: "horizon",
  budgetUsdPerMonth: "budget",
  timeLimitSeconds: "time limit",
  kvCache: "KV cache",
};

export const fieldErrorsOf = ({ errors = [] }: Problem): FieldError[] =>
  errors.map(({ pointer, detail }) => ({ pointer, detail: inFieldWords(inFieldUnits(detail, placesAt(pointer))) }));

/** JSON's names for fields, where an error lists them, as the form calls them; large numbers with their thousands apart. */
const inFieldWords = (detail: string): string =>
  detail
    .replaceAll(/\b\d{5,}\b/g, (number) => Number(number).toLocaleString("en-US"))
    .replaceAll(/\b[a-z]+(?:[A-Z][a-z]+)+\b/g, (name) => (Object.hasOwn(words, name) ? (words[name] ?? name) : name));

const placesAt = (pointer: string): number => {
  if (patternOf(pointer) === "/services/*/demand/classes") return 2;
  return fieldKindAt(pointer)?.places ?? 0;
};

/** The API speaks of shares and milliseconds where the form asks for percentages and seconds. */
const inFieldUnits = (detail: string, places: number): string => {
  if (places === 0) return detail;
  const factor = 10 ** places;
  const scaled = detail.replaceAll(/\d+(?:,\d{3})*(?:\.\d+)?/g, (number) =>
    String(Math.round(Number(number.replaceAll(",", "")) * factor * 1e6) / 1e6),
  );
  return places === 2
    ? scaled
        .replace(/\ba share\b/, "a percentage")
        .replace(/\bshares that add up to (\S+), not (\S+)/, "shares that add up to $1 %, not $2 %")
    : scaled;
};

/** Groups of fields that can be wrong as a whole and show it. */
const groups = [
  "/services",
  "/services/*",
  "/services/*/model",
  "/services/*/precision",
  "/services/*/engine",
  "/services/*/reserve",
  "/services/*/demand",
  "/services/*/demand/classes",
  "/services/*/demand/classes/*",
  "/services/*/slo",
  "/purchase",
  "/market",
  "/market/quotas",
  "/market/quotas/*",
  "/limits",
];

/** The field or group that shows an error: the nearest on the way up from where the error points; "" for the whole form. */
export const anchorOf = (pointer: string): string => {
  if (pointer === "") return "";
  const pattern = patternOf(pointer);
  if (pattern === `${alternatives.demand.pattern}/requestRatePerSecond`) return pointer;
  return fieldKindAt(pointer) || groups.includes(pattern) ? pointer : anchorOf(pointer.slice(0, pointer.lastIndexOf("/")));
};

export const errorsAt = (errors: readonly FieldError[], anchor: string): string[] =>
  errors.filter(({ pointer }) => anchorOf(pointer) === anchor).map(({ detail }) => detail);

/** An element's id for a place in the request. */
export const fieldId = (pointer: string): string => `field${pointer.replaceAll("/", "-")}`;

/** A place in the request in words: "service 1, traffic class 2, tokens in". */
export const placeInWords = (pointer: string): string => {
  const named = pointer
    .split("/")
    .slice(1)
    .filter(
      (segment) =>
        !["demand", "market", "purchase", "limits", "model", "precision", "engine"].includes(segment) || pointer.endsWith(segment),
    );
  const worded = named.map((segment) => words[segment] ?? (/^\d+$/.test(segment) ? String(Number(segment) + 1) : segment));
  return worded.join(", ").replaceAll(/, (\d+)/g, " $1") || "the request";
};
