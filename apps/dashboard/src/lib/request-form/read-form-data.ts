import type { FormValues } from "./form-values.ts";

/** What a browser sends of the form: boxes of one name become lines. The hidden empty value that says "none ticked" adds no line. */
export const readFormData = (data: FormData): FormValues => {
  const values: Record<string, string> = {};
  for (const name of new Set(data.keys())) {
    if (!name.startsWith("/") && !name.startsWith("?/")) continue;
    const texts = data.getAll(name).filter((text) => typeof text === "string");
    values[name] = texts.length > 1 ? texts.filter((text) => text !== "").join("\n") : (texts[0] ?? "");
  }
  return values;
};
