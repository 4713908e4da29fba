import { nearestNames, type Outcome, refuse } from "../units/index.ts";
import { countParameters } from "./count-parameters.ts";
import { bundledModelData } from "./data/bundled-model-data.ts";
import { hybridModelData } from "./data/hybrid-model-data.ts";
import { latentModelData } from "./data/latent-model-data.ts";
import { slidingModelData } from "./data/sliding-model-data.ts";
import { fromHfConfig } from "./from-hf-config.ts";
import type { ModelArchitecture } from "./model-architecture.ts";

export interface BundledModel {
  readonly id: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Elements in the published checkpoint, where a source states them. */
  readonly publishedTotal?: number;
  readonly source: string;
}

export const bundledModels: readonly BundledModel[] = [...bundledModelData, ...latentModelData, ...hybridModelData, ...slidingModelData];

/** Ids in lower case, whole and without the publisher. */
const byName: ReadonlyMap<string, BundledModel> = new Map(
  bundledModels.flatMap((model) => {
    const name = model.id.toLowerCase();
    return [
      [name, model],
      [name.slice(name.indexOf("/") + 1), model],
    ] as const;
  }),
);

const read = new Map<BundledModel, Outcome<ModelArchitecture>>();

/** Bundled configs never change: each is read once. */
const readOnce = (model: BundledModel): Outcome<ModelArchitecture> => {
  const known = read.get(model) ?? fromHfConfig(model.config, model.id);
  read.set(model, known);
  return known;
};

/** Finds a bundled model by its Hugging Face id, in any case, with or without its publisher. */
export const findBundledModel = (id: string): Outcome<ModelArchitecture> => {
  const found = byName.get(id.trim().toLowerCase());
  if (found) return readOnce(found);
  const nearest = nearestNames(withoutPublisher(id), [...byShortName.keys()]).map((name) => sized(byShortName.get(name)));
  return refuse("", `"${id}" is not a bundled model; give its config.json as "config", or one of the nearest: ${nearest.join(", ")}`);
};

const withoutPublisher = (id: string): string => id.slice(id.indexOf("/") + 1);

const byShortName: ReadonlyMap<string, BundledModel> = new Map(bundledModels.map((model) => [withoutPublisher(model.id), model]));

/** "deepseek-ai/DeepSeek-V2-Lite (15.7B)" */
const sized = (model: BundledModel | undefined): string => {
  if (!model) return "";
  const architecture = readOnce(model);
  return architecture.ok ? `${model.id} (${(countParameters(architecture.value).total / 1e9).toFixed(1)}B)` : model.id;
};
