import { describe, expect, it } from "vitest";
import { modelReference } from "../request/model-reference.ts";
import { parseRequest } from "../request/parse-request.ts";
import { countParameters, servedTensors } from "./count-parameters.ts";
import type { ModelArchitecture } from "./model-architecture.ts";
import { numHiddenLayersOf } from "./model-architecture.ts";
import { resolveModel } from "./resolve-model.ts";
import { storedBytes } from "./scale-elements.ts";

const resolve = (reference: unknown): ModelArchitecture => {
  const parsed = parseRequest(modelReference, reference);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  const model = resolveModel(parsed.value);
  if (!model.ok) throw new Error(JSON.stringify(model.errors));
  return model.value;
};

const bytesOf = (model: ModelArchitecture): number =>
  servedTensors(model).reduce((sum, tensor) => sum + storedBytes(tensor, model.storedFormats), 0);

const pointersOf = (reference: unknown): string[] => {
  const parsed = parseRequest(modelReference, reference);
  const outcome = parsed.ok ? resolveModel(parsed.value) : parsed;
  return outcome.ok ? [] : outcome.errors.map(({ pointer }) => pointer);
};

const mixture = { experts: 64, parametersPerExpert: 1_000_003, sharedParameters: 500_000_001, routerParameters: 7_001 };

describe("a sketch", () => {
  it("counts a dense model exactly, and two bytes for each parameter", () => {
    const model = resolve({ sketch: { parameters: 70_000_000_001 } });
    expect(countParameters(model).total).toBe(70_000_000_001);
    expect(bytesOf(model)).toBe(140_000_000_002);
    expect(numHiddenLayersOf(model)).toBe(71);
    expect(model.assumed).toContain("kvHeads");
  });

  it("counts a mixture exactly, whatever does not divide by its layers", () => {
    const model = resolve({ sketch: { ...mixture, expertsPerToken: 4, layers: 7 } });
    const count = countParameters(model);
    expect(count.total).toBe(64 * 1_000_003 + 500_000_001 + 7_001);
    expect(Math.round(count.active)).toBe(4 * 1_000_003 + 500_000_001 + 7_001);
    expect(count.byPart).toMatchObject({ routedExperts: 64_000_192, router: 7_001 });
  });

  it("takes the activated share in place of a number of experts", () => {
    expect(countParameters(resolve({ sketch: { ...mixture, activatedShare: 0.125 } })).active).toBeCloseTo(508_007_026, -1);
  });

  it("assumes nothing that it is told", () => {
    const model = resolve({ sketch: { parameters: 8e9, layers: 32, hiddenSize: 4096, kvHeads: 8, headDim: 128 } });
    expect(model.assumed).toEqual(["vocabSize", "maxPositionEmbeddings"]);
  });

  it.each([
    { name: "negative parameters", reference: { sketch: { parameters: -1 } }, pointer: "/sketch/parameters" },
    { name: "experts without what one token uses", reference: { sketch: mixture }, pointer: "/sketch" },
    {
      name: "more active experts than there are",
      reference: { sketch: { ...mixture, expertsPerToken: 65 } },
      pointer: "/sketch/expertsPerToken",
    },
    { name: "an unknown field", reference: { sketch: { parameters: 1e9, depth: 3 } }, pointer: "/sketch/depth" },
    { name: "a config beside it", reference: { sketch: { parameters: 1e9 }, config: {} }, pointer: "/sketch" },
  ])("is refused for $name", ({ reference, pointer }) => {
    expect(pointersOf(reference)).toContain(pointer);
  });
});

describe("a checkpoint", () => {
  const config = { model_type: "llama", num_hidden_layers: 4 };
  const sixteenBits = bytesOf(resolve({ config }));

  it("sets the stored bytes to the last one", () => {
    const totalBytes = Math.round(sixteenBits * 1.003);
    expect(bytesOf(resolve({ config, checkpoint: { totalBytes } }))).toBeCloseTo(totalBytes, 3);
  });

  it("tells the format that its config leaves out", () => {
    const eightBits = resolve({ config, checkpoint: { totalBytes: sixteenBits * 0.62 } });
    expect(["fp8", "int8"]).toContain(eightBits.storedFormats.byRole.dense.format);
    expect(eightBits.storedFormats.byRole.embeddings.format).toBe("bf16");
  });

  it("adds up elements by dtype: DeepSeek-V3 as published", () => {
    const parametersByDtype = { BF16: 3_918_786_560, F8_E4M3: 680_571_043_840, F32: 41_555_600 };
    const model = resolve({ id: "deepseek-ai/DeepSeek-V3", checkpoint: { parametersByDtype } });
    expect(model.storedFormats.byteFactor).toBe(1);
  });

  it.each([
    {
      name: "a dtype that safetensors lacks",
      checkpoint: { parametersByDtype: { BF17: 1 } },
      pointer: "/checkpoint/parametersByDtype/BF17",
    },
    { name: "bytes that no format explains", checkpoint: { totalBytes: sixteenBits * 10 }, pointer: "/checkpoint" },
    { name: "nothing in it", checkpoint: {}, pointer: "/checkpoint" },
  ])("is refused for $name", ({ checkpoint, pointer }) => {
    expect(pointersOf({ config, checkpoint })).toContain(pointer);
  });
});

it.each(["DeepSeek-6B", "DeepSeek-175B"])("refuses %s with the nearest real models and their sizes", (id) => {
  const outcome = resolveModel({ id });
  expect(outcome).toMatchObject({ ok: false, errors: [{ detail: expect.stringMatching(/deepseek-ai\/[^ ]+ \(\d+\.\d+B\)/i) }] });
});
