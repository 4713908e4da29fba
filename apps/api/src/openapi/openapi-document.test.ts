import { describe, expect, it } from "vitest";
import { fakeApp } from "../fakes/fake-app.ts";

interface Documented {
  readonly openapi: string;
  readonly paths: Record<
    string,
    Record<string, { operationId: string; responses: Record<string, { content?: Record<string, { schema: { $ref?: string } }> }> }>
  >;
  readonly components: { readonly schemas: Record<string, unknown> };
}

const { send, operations } = fakeApp();
const document = (await (await send("GET", "/openapi.json")).json()) as Documented;

const referencesIn = (value: unknown): string[] => {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => (key === "$ref" && typeof part === "string" ? [part] : referencesIn(part)));
};

describe("the API's description", () => {
  it("is OpenAPI 3.1 and has every operation, and no other", () => {
    expect(document.openapi).toBe("3.1.0");
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(described.toSorted()).toEqual(operations.map(({ method, path }) => `${method} ${path}`).toSorted());
  });

  it("names each operation once", () => {
    const ids = Object.values(document.paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain("postPlansByIdRuns");
  });

  it("refers only to what is there", () => {
    const schemas = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
    expect(referencesIn(document).filter((reference) => !schemas.includes(reference))).toEqual([]);
    expect(schemas).toEqual(
      expect.arrayContaining(["#/components/schemas/Plan", "#/components/schemas/PlanRequest", "#/components/schemas/Problem"]),
    );
  });

  it("answers every refusal as a problem, and the usual ones everywhere", () => {
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const [method, { responses }] of Object.entries(methods)) {
        const refusals = Object.entries(responses).filter(([status]) => Number(status) >= 400);
        expect(
          refusals.map(([status]) => status),
          `${method} ${path}`,
        ).toEqual(expect.arrayContaining(["403", "421", "500", "503"]));
        for (const [status, { content }] of refusals) {
          expect(content?.["application/problem+json"]?.schema.$ref, `${method} ${path} ${status}`).toBe("#/components/schemas/Problem");
        }
      }
    }
  });
});
