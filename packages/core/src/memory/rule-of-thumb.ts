import { type ModelArchitecture, type ParameterCount, routingOf, storedFormat } from "../model/index.ts";
import { bytes, roundTo, toGib } from "../units/index.ts";
import type { MemoryAssessment } from "./assess-memory.ts";
import type { RuleOfThumb } from "./memory-estimate.ts";
import { bytesPerKvValue, mainWeightFormat, type ServingPrecision } from "./resolve-precision.ts";

interface Subject {
  readonly model: ModelArchitecture;
  readonly parameters: Pick<ParameterCount, "total" | "active">;
  readonly precision: ServingPrecision;
  /** Of one replica. */
  readonly weightsBytes: number;
}

/** Shortcuts for weights, beside what is true here. */
export const weightRules = ({ model, parameters, precision, weightsBytes }: Subject): RuleOfThumb => {
  const { total, active } = parameters;
  const { bytesPerElement } = storedFormat(mainWeightFormat(precision, model));
  const all = rule("weights of a replica = parameters × bytes", total * bytesPerElement, weightsBytes);
  return {
    parametersTimesBytes: all,
    ...(active < total
      ? {
          activatedParametersTimesBytes: rule(
            "weights of a replica = activated parameters × bytes",
            active * bytesPerElement,
            weightsBytes,
          ),
        }
      : {}),
    fifthOnTop: rule("memory of a replica = parameters × bytes × 1.2", total * bytesPerElement * 1.2, weightsBytes),
  };
};

/** Shortcuts for the cache and the activations of one request of maxModelLen, and for what may be used at all. */
export const servingRules = ({ model }: Subject, assessed: MemoryAssessment, ranks: number): RuleOfThumb => {
  const { memory, engine, precision } = assessed;
  const { maxModelLen } = engine;
  const layers = model.layers.reduce((sum, { count }) => sum + count, 0);
  const valueBytes = bytesPerKvValue(precision.kvCache);
  const cache = memory.kvBytesPerRequest * ranks;
  const experts = Math.max(0, ...model.layers.map(({ feedForward }) => routingOf(feedForward)?.numExpertsPerToken ?? 0));
  const compressed = memory.kvBytesPerToken / (2 * valueBytes * layers);
  return {
    keysAndValuesOfHiddenSize: rule(
      "KV cache of a request = 2 × tokens × hidden × bytes × layers",
      2 * maxModelLen * model.hiddenSize * valueBytes * layers,
      cache,
    ),
    ...(experts > 0
      ? {
          cacheTimesActiveExperts: rule(
            "KV cache of a request = 2 × tokens × active experts × compressed width × bytes × layers",
            2 * maxModelLen * experts * compressed * valueBytes * layers * ranks,
            cache,
          ),
        }
      : {}),
    activationOfEveryLayer: rule(
      "activations = tokens × hidden × layers × bytes",
      engine.maxNumBatchedTokens * model.hiddenSize * layers * 2,
      memory.activationBytes,
    ),
    below85Percent: rule("use at most 85 % of the memory", memory.visibleBytes * 0.85, memory.budgetBytes),
    quarterInReserve: rule("keep 20 to 30 % in reserve", memory.visibleBytes * 0.75, memory.budgetBytes),
  };
};

/** `offByFactor`: the shortcut over the truth; absent where there is nothing to compare with. */
const rule = (words: string, shortcut: number, truth: number): RuleOfThumb[string] => ({
  rule: words,
  gib: roundTo(3, toGib(bytes(shortcut))),
  trueGib: roundTo(3, toGib(bytes(truth))),
  ...(truth > 0 ? { offByFactor: roundTo(3, shortcut / truth) } : {}),
});
