import { readDecimal } from "./decimal-text.ts";
import { countItems } from "./edit-list.ts";
import type { FormValues } from "./form-values.ts";

/** What the form asks for, in one line under the button that asks it. */
export const requestInWords = (values: FormValues): string => {
  const services = countItems(values, "/services");
  if (services === 0) return "No service yet";
  const lines = Array.from({ length: services }, (_, index) => serviceInWords(values, `/services/${index}`));
  return lines.join(" + ");
};

const serviceInWords = (values: FormValues, at: string): string => {
  const text = (field: string): string => values[`${at}${field}`]?.trim() ?? "";
  const model = text("/model/id").split("/").at(-1) || (text("/model/config") === "" ? "no model" : "own config");
  return [model, demandInWords(values, at), targetsInWords(values, at)].filter((part) => part !== "").join(" · ");
};

const demandInWords = (values: FormValues, at: string): string => {
  const rate = `${at}/demand/requestRatePerSecond`;
  if (values[`?${at}/demand`] === "rate") return values[rate]?.trim() ? `${values[rate]} requests/s` : "";
  const users = Number(readDecimal(values[`${rate}/users`] ?? ""));
  const share = Number(readDecimal(values[`${rate}/concurrentShare`] ?? ""));
  const atOnce = Math.round((users * share) / 100);
  return users > 0 && share > 0 ? `${atOnce.toLocaleString("en-US")} at once` : "";
};

const targetsInWords = (values: FormValues, at: string): string => {
  const target = (field: string, unit: string, words: string): string[] => {
    const text = values[`${at}/slo/${field}`]?.trim();
    return text ? [`${words} ${text} ${unit}`] : [];
  };
  const targets = [
    ...target("ttftMs", "ms", "first token"),
    ...target("tpotMs", "ms", "token"),
    ...target("requestLatencyMs", "s", "answer"),
  ];
  return targets.join(", ");
};
