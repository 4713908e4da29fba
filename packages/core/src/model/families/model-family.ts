import { z } from "zod";
import { parseRequest } from "../../request/parse-request.ts";
import { type Outcome, succeed } from "../../units/index.ts";
import type { LayerGroup, ModelArchitecture } from "../model-architecture.ts";

/** The part of an architecture that differs from family to family. */
export interface DecoderStack
  extends Partial<Pick<ModelArchitecture, "finalNorms" | "embeddingExtras" | "headExtras">>,
    Pick<ModelArchitecture, "layers"> {
  readonly draftLayers?: NonNullable<ModelArchitecture["draftLayers"]>;
}

/** Fields that every family reads. */
export interface DecoderConfig {
  readonly vocab_size: number;
  readonly hidden_size: number;
  readonly max_position_embeddings: number;
  readonly tie_word_embeddings: boolean;
}

export interface ReadConfig {
  readonly config: DecoderConfig;
  readonly stack: DecoderStack;
}

/** How the configs of some `model_type`s become layers. */
export interface ModelFamily {
  readonly modelTypes: readonly string[];
  readonly read: (config: unknown) => Outcome<ReadConfig>;
}

export const modelFamily = <F extends Readonly<Record<string, z.ZodType>>>(family: {
  readonly modelTypes: readonly string[];
  readonly fields: F;
  readonly stack: (config: z.output<z.ZodObject<F>>) => z.output<z.ZodObject<F>> extends DecoderConfig ? DecoderStack : never;
}): ModelFamily => {
  const schema = z.object(family.fields);
  return {
    modelTypes: family.modelTypes,
    read: (input) => {
      const parsed = parseRequest(schema, input);
      return parsed.ok ? succeed({ config: parsed.value as unknown as DecoderConfig, stack: family.stack(parsed.value) }) : parsed;
    },
  };
};

/** The layers of a decoder, told one by one. */
export const layersOf = (numHiddenLayers: number, layerAt: (index: number) => Omit<LayerGroup, "count">): LayerGroup[] =>
  groupLayers(layerIndices(numHiddenLayers).map(layerAt));

/** Writes equal neighbours as one group. */
export const groupLayers = (layers: readonly Omit<LayerGroup, "count">[]): LayerGroup[] => {
  const groups: { key: string; group: LayerGroup }[] = [];
  for (const layer of layers) {
    const key = JSON.stringify(layer);
    const last = groups.at(-1);
    if (last?.key === key) groups[groups.length - 1] = { key, group: { ...last.group, count: last.group.count + 1 } };
    else groups.push({ key, group: { ...layer, count: 1 } });
  }
  return groups.map(({ group }) => group);
};

export const layerIndices = (numHiddenLayers: number): number[] => Array.from({ length: numHiddenLayers }, (_, index) => index);
