import { hasExperts, type ModelArchitecture, type StoredFormat, type StoredFormats, storedFormat } from "../model/index.ts";
import type { KvCacheFormat, PrecisionRequest, WeightFormat } from "../request/precision.ts";

/** How weights and cache are held in memory while serving. */
export interface ServingPrecision {
  readonly weights: StoredFormats;
  readonly kvCache: KvCacheFormat;
}

/**
 * Bytes of one cached value, its share of scales included. INT8 has one F32 scale per head and token, counted for heads of 128
 * (vllm `int8_per_token_head`); NVFP4 an 8-bit scale per 16 values. DeepSeek's packed latent (fp8-ds-mla) holds 512 FP8 values, four F32 scales and 64 rotary values of 16 bits: 656 B for 576 values.
 */
const kvBytesPerValue: Readonly<Record<KvCacheFormat, number>> = {
  bf16: 2,
  fp8: 1,
  int8: 1 + 4 / 128,
  nvfp4: 0.5 + 1 / 16,
  "fp8-ds-mla": 656 / 576,
};

export const bytesPerKvValue = (format: KvCacheFormat): number => kvBytesPerValue[format];

/** The model's own formats unless the request names others; a 16-bit cache unless it names another. */
export const resolvePrecision = (model: ModelArchitecture, request: PrecisionRequest | undefined): ServingPrecision => ({
  weights: weightFormats(model.storedFormats, request?.weights),
  kvCache: request?.kvCache ?? "bf16",
});

const weightFormats = (stored: StoredFormats, wanted: PrecisionRequest["weights"]): StoredFormats => {
  if (wanted === undefined) return stored;
  const of = typeof wanted === "string" ? { attention: wanted, dense: wanted, sharedExperts: wanted, routedExperts: wanted } : wanted;
  const embeddings = typeof wanted === "string" ? undefined : wanted.embeddings;
  const { byRole } = stored;
  return {
    wide: stored.wide,
    byRole: {
      ...byRole,
      attention: choose(byRole.attention, of.attention),
      dense: choose(byRole.dense, of.dense),
      sharedExperts: choose(byRole.sharedExperts, of.sharedExperts),
      routedExperts: choose(byRole.routedExperts, of.routedExperts),
      embeddings: choose(byRole.embeddings, embeddings),
      head: choose(byRole.head, embeddings),
    },
  };
};

/** The published scales stay where the wanted format is the published one. */
const choose = (stored: StoredFormat, wanted: WeightFormat | undefined): StoredFormat =>
  wanted === undefined || wanted === stored.format ? stored : storedFormat(wanted);

/** The format that most weights are in: what people call the model's precision. */
export const mainWeightFormat = (precision: ServingPrecision, model: ModelArchitecture): WeightFormat =>
  hasExperts(model) ? precision.weights.byRole.routedExperts.format : precision.weights.byRole.dense.format;
