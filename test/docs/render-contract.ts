import {
  catalogDocument,
  frontierDocument,
  frontierRequest,
  importedMeasurements,
  measurementImport,
  memoryEstimate,
  memoryRequest,
  mixDocument,
  mixRequest,
  offerList,
  offersRequest,
  performanceEstimate,
  performanceRequest,
  planDocument,
  planRequest,
  scenariosDocument,
  scenariosRequest,
  serviceMixDocument,
  trainingEstimate,
  trainingRequest,
  verification,
} from "@headroom/core";
import { z } from "zod";

interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly prefixItems?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly pattern?: string;
}

const chapters = [
  { command: "memory", route: "POST /v1/memory-estimates", request: memoryRequest, answers: { MemoryEstimate: memoryEstimate } },
  {
    command: "performance",
    route: "POST /v1/performance-estimates",
    request: performanceRequest,
    answers: { PerformanceEstimate: performanceEstimate },
  },
  { command: "training", route: "POST /v1/training-estimates", request: trainingRequest, answers: { TrainingEstimate: trainingEstimate } },
  { command: "mix", route: "POST /v1/mixes", request: mixRequest, answers: { Mix: mixDocument, "Mix of services": serviceMixDocument } },
  { command: "plan", route: "POST /v1/plans", request: planRequest, answers: { Plan: planDocument } },
  { command: "frontier", route: "POST /v1/frontiers", request: frontierRequest, answers: { Frontier: frontierDocument } },
  { command: "scenarios", route: "POST /v1/scenarios", request: scenariosRequest, answers: { Scenarios: scenariosDocument } },
  { command: "verify", route: "POST /v1/verifications", request: undefined, answers: { Verification: verification } },
  { command: "offers", route: "GET /v1/offers", request: offersRequest, answers: { OfferList: offerList } },
] as const;

/** The public JSON as a page: every field of every request and answer, straight from the schemas that validate them. */
export const renderContract = (): string =>
  [
    "# The public contract",
    "",
    "Generated from the schemas in `packages/core`; `npm run golden:update` rewrites it. Fields marked *required* must be there, unknown fields are refused.",
    "Money in answers is a decimal string with two to six places; in requests a number or such a string.",
    "",
    ...chapters.flatMap(({ command, route, request, answers }) => [
      `## \`headroom ${command}\` · \`${route}\``,
      "",
      ...(request
        ? ["### Request", "", ...table(jsonSchema(request)), ""]
        : ["### Request", "", "A plan, as `headroom plan` answers it.", ""]),
      ...Object.entries(answers).flatMap(([name, schema]) => [`### ${name}`, "", ...table(jsonSchema(schema)), ""]),
    ]),
    "## `headroom measurements import` · `POST /v1/measurements`",
    "",
    "### Request",
    "",
    ...table(jsonSchema(measurementImport)),
    "",
    "### ImportedMeasurements",
    "",
    ...table(jsonSchema(importedMeasurements)),
    "",
    "## Catalogs · `POST /v1/catalogs`",
    "",
    ...table(jsonSchema(catalogDocument)),
    "",
  ].join("\n");

/** A plan and its request have chapters of their own; other chapters refer to these. */
const chaptersOfTheirOwn: ReadonlyMap<unknown, string> = new Map<unknown, string>([
  [planRequest, "PlanRequest"],
  [planDocument, "Plan"],
]);

const jsonSchema = (root: z.ZodType): JsonSchema => {
  const refer = ({ zodSchema, jsonSchema: written }: { zodSchema: unknown; jsonSchema: object }): void => {
    const name = zodSchema === root || root === planDocument ? undefined : chaptersOfTheirOwn.get(zodSchema);
    if (name === undefined) return;
    for (const key of Object.keys(written)) delete (written as Record<string, unknown>)[key];
    Object.assign(written, { $ref: `#/$defs/${name}` });
  };
  return z.toJSONSchema(root, { io: "input", reused: "inline", override: refer }) as JsonSchema;
};

const table = (schema: JsonSchema): string[] => ["| field | | type | |", "|---|---|---|---|", ...rowsOf(schema, "")];

const rowsOf = (schema: JsonSchema, path: string): string[] => {
  if (schema.anyOf && !schema.properties) return schema.anyOf.flatMap((branch) => rowsOf(branch, path));
  if (schema.$ref) return [];
  if (schema.items) return rowsOf(schema.items, `${path}[]`);
  if (typeof schema.additionalProperties === "object") return rowsOf(schema.additionalProperties, `${path}.*`);
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const field = path === "" ? name : `${path}.${name}`;
    const required = schema.required?.includes(name) ? "required" : "";
    return [
      `| \`${field}\` | ${required} | ${typeOf(property)} | ${(property.description ?? "").replaceAll("|", "\\|")} |`,
      ...rowsOf(property, field),
    ];
  });
};

const typeOf = (schema: JsonSchema): string => {
  if (schema.$ref) return schema.$ref.replace("#/$defs/", "a ");
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum) return schema.enum.map((value) => `\`${value}\``).join(", ");
  if (schema.anyOf) return [...new Set(schema.anyOf.map(typeOf))].join(" or ");
  if (schema.prefixItems) return `${schema.prefixItems.length} values`;
  if (schema.type === "array") return `list of ${schema.items ? typeOf(schema.items) : "values"}`;
  return `${schema.type ?? "any value"}${boundsOf(schema)}`;
};

/** Bounds that keep hostile input finite are not worth a reader's time. */
const boundsOf = ({ minimum, exclusiveMinimum, maximum }: JsonSchema): string => {
  const least = minimum ?? exclusiveMinimum;
  const told = [
    least !== undefined && least > -1e9 ? `from ${least < 1e-300 ? "0" : least}` : "",
    maximum !== undefined && maximum < 1e6 ? `to ${maximum}` : "",
  ];
  const text = told.filter((part) => part !== "").join(" ");
  return text === "" ? "" : ` ${text}`;
};
