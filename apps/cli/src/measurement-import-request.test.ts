import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measurementImport, parseRequest } from "@headroom/core";
import { expect, it } from "vitest";
import { measurementImportRequest } from "./measurement-import-request.ts";

const folder = mkdtempSync(join(tmpdir(), "headroom-import-"));
const fileOf = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

const file = fileOf("result.json", "{}");
const words = { file, model: "llama-3.1-8b", accelerator: "h100" };

it("becomes a request of the API's shape, with nothing in it that was not said", () => {
  const bare = measurementImportRequest(words);
  expect(bare).toEqual({
    model: { id: "llama-3.1-8b" },
    accelerator: { id: "h100" },
    layout: {},
    engine: {},
    precision: {},
    workload: {},
    text: "{}",
  });
  const said = {
    format: "aiperf",
    tensorParallel: "2",
    expertParallel: true,
    engine: "sglang",
    engineVersion: "0.5",
    weights: "fp8",
    requestRate: "2.5",
  };
  const full = measurementImportRequest({ ...words, ...said });
  expect(full).toMatchObject({
    format: "aiperf",
    layout: { tensorParallelSize: 2, expertParallel: true },
    engine: { name: "sglang", version: "0.5" },
    precision: { weights: "fp8" },
    workload: { requestRatePerSecond: 2.5 },
  });
  for (const request of [bare, full]) expect(parseRequest(measurementImport, request).ok).toBe(true);
});

it("takes the file of a config.json for a model", () => {
  const model = fileOf("config.json", '{"model_type":"llama"}');
  expect(measurementImportRequest({ ...words, model })).toMatchObject({ model: { config: { model_type: "llama" } } });
});

it("leaves a word that is no number to the request's own check", () => {
  const parsed = parseRequest(measurementImport, measurementImportRequest({ ...words, tensorParallel: "two" }));
  expect(parsed.ok ? [] : parsed.errors.map(({ pointer }) => pointer)).toEqual(["/layout/tensorParallelSize"]);
});
