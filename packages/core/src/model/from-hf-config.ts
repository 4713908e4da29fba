import { nearestNames, type Outcome, refuse, succeed } from "../units/index.ts";
import { findFamily, knownModelTypes } from "./families/families.ts";
import type { ModelArchitecture } from "./model-architecture.ts";
import { readQuantization } from "./quantization/read-quantization.ts";

type Config = Readonly<Record<string, unknown>>;

/** Parts beside the language model that a config may declare; they are named, not counted. */
const towers = ["vision_config", "audio_config", "vision_tower_config"];

/**
 * Reads a Hugging Face config.json of a decoder. A multimodal config is read by its `text_config`.
 * Refuses by name an architecture it does not know, and by field what cannot be right.
 */
export const fromHfConfig = (config: Config, id?: string): Outcome<ModelArchitecture> => {
  const text = textConfigOf(config);
  const modelType = text.model_type;
  if (typeof modelType !== "string")
    return refuse("/model_type", `is missing: it names the architecture, one of ${knownModelTypes.join(", ")}`);
  const family = findFamily(modelType);
  if (!family) {
    const nearest = nearestNames(modelType, knownModelTypes).join(", ");
    return refuse(
      "/model_type",
      `"${modelType.slice(0, 80)}" is an architecture that Headroom does not know; the nearest it knows are ${nearest}`,
    );
  }
  const read = family.read(text);
  if (!read.ok) return read;
  const numHiddenLayers = read.value.stack.layers.reduce((sum, { count }) => sum + count, 0);
  const storedFormats = readQuantization({ ...outerFormats(config), ...text }, numHiddenLayers);
  if (!storedFormats.ok) return storedFormats;
  const fields = read.value.config;
  return succeed({
    id,
    modelType,
    hiddenSize: fields.hidden_size,
    vocabSize: fields.vocab_size,
    tieWordEmbeddings: fields.tie_word_embeddings,
    maxPositionEmbeddings: fields.max_position_embeddings,
    draftLayers: undefined,
    ...read.value.stack,
    storedFormats: storedFormats.value,
    absent: towers.filter((tower) => config[tower] !== undefined && config[tower] !== null),
  });
};

const textConfigOf = (config: Config): Config => {
  const nested = config.text_config;
  return typeof nested === "object" && nested !== null && !Array.isArray(nested) ? (nested as Config) : config;
};

/** A multimodal config may tell the formats of its text model outside of it. */
const outerFormats = ({ torch_dtype, dtype, quantization_config }: Config): Config => ({ torch_dtype, dtype, quantization_config });
