import { nearestNames, type Outcome, refuse, succeed } from "../units/index.ts";
import { countParameters } from "./count-parameters.ts";
import { findFamily, knownModelTypes } from "./families/families.ts";
import { routingOf } from "./feed-forward/feed-forward.ts";
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
  const modelType = text.model_type ?? silentTextTypes.get(config.model_type);
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
  const read = family.read({ ...outerTie(config), ...text });
  if (!read.ok) return read;
  const numHiddenLayers = read.value.stack.layers.reduce((sum, { count }) => sum + count, 0);
  const storedFormats = readQuantization({ ...outerFormats(config), ...text }, numHiddenLayers);
  if (!storedFormats.ok) return storedFormats;
  const fields = read.value.config;
  return sensible({
    id,
    modelType,
    hiddenSize: fields.hidden_size,
    vocabSize: fields.vocab_size,
    tieWordEmbeddings: fields.tie_word_embeddings,
    maxPositionEmbeddings: fields.max_position_embeddings,
    draftLayers: undefined,
    ...read.value.stack,
    storedFormats: storedFormats.value,
    absent: absentTowers(config),
  });
};

/** A config trimmed to its text model still tells by its class that towers belong to it. */
const absentTowers = (config: Config): string[] => {
  const declared = towers.filter((tower) => config[tower] !== undefined && config[tower] !== null);
  const classes = Array.isArray(config.architectures) ? config.architectures : [];
  const isMultimodal = classes.some((name) => typeof name === "string" && name.endsWith("ForConditionalGeneration"));
  return declared.length === 0 && isMultimodal ? ["towers that the config does not describe"] : declared;
};

/** What no single field can get wrong alone. */
const sensible = (model: ModelArchitecture): Outcome<ModelArchitecture> => {
  const impossible = model.layers
    .map(({ feedForward }) => routingOf(feedForward))
    .find((routing) => routing && routing.numExpertsPerToken > routing.numExperts);
  if (impossible) return refuse("/num_experts_per_tok", `must not be more than the ${impossible.numExperts} experts of a layer`);
  if (countParameters(model).total > Number.MAX_SAFE_INTEGER)
    return refuse("/hidden_size", "makes more parameters with the other sizes than can be counted");
  return succeed(model);
};

/** Whether embeddings are tied may stand outside of the text model. */
const outerTie = ({ tie_word_embeddings }: Config): Config => (tie_word_embeddings === undefined ? {} : { tie_word_embeddings });

/** The text models that transformers takes where a multimodal config does not name its own. */
const silentTextTypes: ReadonlyMap<unknown, string> = new Map([
  ["llava", "llama"],
  ["llava_next", "llama"],
  ["mistral3", "mistral"],
  ["gemma3", "gemma3_text"],
  ["gemma4", "gemma4_text"],
  ["llama4", "llama4_text"],
  ["qwen3_5", "qwen3_5_text"],
  ["qwen3_5_moe", "qwen3_5_moe_text"],
]);

const textConfigOf = (config: Config): Config => {
  const nested = config.text_config;
  return typeof nested === "object" && nested !== null && !Array.isArray(nested) ? (nested as Config) : config;
};

/** A multimodal config may tell the formats of its text model outside of it. */
const outerFormats = ({ torch_dtype, dtype, quantization_config }: Config): Config => ({ torch_dtype, dtype, quantization_config });
