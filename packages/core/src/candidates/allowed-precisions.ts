import { mainWeightFormat, resolvePrecision, type ServingPrecision } from "../memory/index.ts";
import { type PublishedFormat, publishedFormats } from "../model/data/published-formats.ts";
import type { ModelArchitecture } from "../model/index.ts";
import { storedFormat } from "../model/stored-formats.ts";
import type { ModelReference, PrecisionChoice, WeightFormat } from "../request/index.ts";

interface Served {
  readonly model: ModelReference;
  readonly precision?: PrecisionChoice | undefined;
}

/**
 * What a service may be served in, the model's own format first. "any" is the formats of the publisher's own checkpoints from
 * 8 bits on; a model whose own format is narrower is published in that, so naming the model names it.
 */
export const allowedPrecisions = (model: ModelArchitecture, served: Served): readonly ServingPrecision[] => {
  const { precision } = served;
  if (precision === "any") return eachFormatOnce(model, [resolvePrecision(model, undefined), ...variants(model, served.model)]);
  if (precision?.anyOf === undefined) return [resolvePrecision(model, precision)];
  const { anyOf, kvCache } = precision;
  return eachFormatOnce(
    model,
    anyOf.map((weights) => resolvePrecision(model, { weights, kvCache })),
  );
};

export const isOpen = (precision: PrecisionChoice | undefined): boolean => precision === "any" || precision?.anyOf !== undefined;

/** The allowed precision that a line names; undefined where it names one that is not allowed. */
export const allowedPrecision = (
  need: { readonly model: ModelArchitecture; readonly precisions: readonly ServingPrecision[] },
  named: { readonly weights: WeightFormat; readonly kvCache: ServingPrecision["kvCache"] },
): ServingPrecision | undefined =>
  need.precisions.find((precision) => mainWeightFormat(precision, need.model) === named.weights && precision.kvCache === named.kvCache);

/** An id beside a config or a sketch is only a name: of such a model nothing is known to be published. */
export const variantsOf = ({ id, config, sketch }: ModelReference, model: ModelArchitecture): readonly PublishedFormat[] =>
  id === undefined || config !== undefined || sketch !== undefined
    ? []
    : publishedFormats.filter(({ model: name, format }) => name === model.id && storedFormat(format).bytesPerElement >= 1);

const variants = (model: ModelArchitecture, reference: ModelReference): ServingPrecision[] =>
  variantsOf(reference, model).map(({ format }) => resolvePrecision(model, { weights: format }));

const eachFormatOnce = (model: ModelArchitecture, precisions: readonly ServingPrecision[]): ServingPrecision[] => {
  const formats = precisions.map((precision) => mainWeightFormat(precision, model));
  return precisions.filter((_, index) => formats.indexOf(formats[index] ?? "bf16") === index);
};
