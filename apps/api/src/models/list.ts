import { type ModelList, modelList } from "@headroom/client";
import { bundledModels, countParameters, findBundledModel } from "@headroom/core";
import type { Operation } from "../http/operation.ts";

export const listModelsOperation = (): Operation => {
  const answer: ModelList = { models: bundledModels.flatMap(({ id, source }) => describeModel(id, source)) };
  return {
    method: "get",
    path: "/v1/models",
    tag: "Hardware and models",
    summary: "The models that can be named by id",
    answers: { 200: { description: "The models.", schema: modelList } },
    problems: [],
    handle: (context) => context.json(answer),
  };
};

const describeModel = (id: string, source: string): ModelList["models"] => {
  const model = findBundledModel(id);
  if (!model.ok) return [];
  const { total, active } = countParameters(model.value);
  return [{ id, parameters: { total, active }, source }];
};
