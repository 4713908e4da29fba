import { accelerators, bundledModels } from "@headroom/core";
import fc from "fast-check";
import { z } from "zod";

interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly prefixItems?: readonly JsonSchema[];
  readonly propertyNames?: JsonSchema;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly anyOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minItems?: number;
  readonly pattern?: string;
  readonly format?: string;
}

const words = fc.constantFrom("chat", "a", "b", "bundled");
const dollars = fc.constantFrom("12.50", "1.00", "0.000001", "999999999999.999999");

/** Fields where a random value would be refused before anything is done with it. */
const meaningful: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  model: fc.constantFrom(...bundledModels.map(({ id }) => ({ id }))),
  accelerator: fc.constantFrom(...accelerators.map(({ id }) => ({ id }))),
  version: fc.constantFrom("0.19", "1"),
  cron: fc.constantFrom("0 6 * * MON", "*/5 * * * *"),
  timeZone: fc.constantFrom("UTC", "Europe/Berlin"),
  usdPerHour: dollars,
  usdPerHourPerReplica: dollars,
};

/** Bodies that a schema describes, with the extremes of its numbers; refinements it does not describe may still refuse them. */
export const bodiesOf = (schema: z.ZodType): fc.Arbitrary<unknown> =>
  valuesOf(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema);

const valuesOf = (schema: JsonSchema): fc.Arbitrary<unknown> => {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(valuesOf));
  if (typeof schema.type === "object") return fc.oneof(...schema.type.map((type) => valuesOf({ ...schema, type })));
  switch (schema.type) {
    case "object":
      return objectsOf(schema);
    case "array":
      return schema.prefixItems
        ? fc.tuple(...schema.prefixItems.map(valuesOf))
        : fc.array(valuesOf(schema.items ?? {}), { minLength: schema.minItems ?? 0, maxLength: Math.max(2, schema.minItems ?? 0) });
    case "integer":
      return numbersOf(schema).map(Math.round);
    case "number":
      return numbersOf(schema);
    case "string":
      return textsOf(schema);
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    default:
      return fc.oneof(words, fc.nat(), fc.boolean());
  }
};

const objectsOf = ({ properties = {}, required = [], propertyNames, additionalProperties }: JsonSchema): fc.Arbitrary<unknown> => {
  const fields = Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, meaningful[name] ?? valuesOf(schema)]));
  const known = fc.record(fields, { requiredKeys: [...required] });
  if (typeof additionalProperties !== "object") return known;
  const others = fc.dictionary(
    propertyNames?.enum ? fc.constantFrom(...(propertyNames.enum as string[])) : words,
    valuesOf(additionalProperties),
    { maxKeys: 3 },
  );
  return fc.tuple(known, others).map(([object, more]) => ({ ...more, ...object }));
};

const numbersOf = ({ minimum, exclusiveMinimum = 0, maximum = 1e9 }: JsonSchema): fc.Arbitrary<number> => {
  const least = minimum ?? exclusiveMinimum + Number.EPSILON;
  const most = Math.max(least, maximum);
  return fc.oneof(
    fc.constantFrom(least, most),
    fc.double({ min: least, max: Math.min(most, 1000 + least), noNaN: true }),
    fc.double({ min: least, max: most, noNaN: true }),
  );
};

const textsOf = ({ pattern, format }: JsonSchema): fc.Arbitrary<string> => {
  if (format === "date") return fc.constantFrom("2026-07-30", "2020-02-29");
  if (pattern?.includes("\\d")) return dollars;
  return fc.oneof({ weight: 5, arbitrary: words }, { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 20 }) });
};
