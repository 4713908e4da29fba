import { attentionKind } from "../model/index.ts";
import type { KvCacheFormat } from "../request/precision.ts";
import { type Bytes, bytes } from "../units/index.ts";
import { engineMemory } from "./engines/engines.ts";
import type { PipelineStage } from "./pipeline-stages.ts";
import type { EngineLimits } from "./resolve-engine.ts";
import type { ParallelLayout } from "./resolve-layout.ts";
import { bytesPerKvValue } from "./resolve-precision.ts";

export interface CacheOnRank {
  readonly stage: PipelineStage;
  readonly layout: ParallelLayout;
  readonly kvCache: KvCacheFormat;
  readonly engine: EngineLimits;
}

/** Cache of one request of maxModelLen on one rank of a stage. */
export interface RequestCache {
  /** Of one token more, at that length. */
  readonly bytesPerToken: Bytes;
  /** What does not grow with the length there: states, and windows that are full. */
  readonly fixedBytes: Bytes;
  /** As the engine hands it out, in whole blocks. */
  readonly bytesInBlocks: Bytes;
}

/** Over how many tokens growth is measured: a multiple of every compression ratio in use. */
const growthTokens = 1024;

export const requestCache = (cache: CacheOnRank): RequestCache => {
  const layers = cachedLayers(cache);
  const { maxModelLen } = cache.engine;
  const step = Math.min(growthTokens, maxModelLen);
  const whole = exactBytes(layers, maxModelLen);
  const bytesPerToken = (whole - exactBytes(layers, maxModelLen - step)) / step;
  return {
    bytesPerToken: bytes(bytesPerToken),
    fixedBytes: bytes(Math.max(0, whole - bytesPerToken * maxModelLen)),
    bytesInBlocks: bytes(bytesInBlocks(layers, cache.engine)),
  };
};

/** Layers of one kind: `tokens` says how many of a context's tokens each keeps, in blocks of a size. */
interface CachedLayers {
  readonly count: number;
  readonly bytesPerToken: number;
  readonly stateBytes: number;
  readonly tokens: (contextTokens: number, blockTokens: number) => number;
}

const cachedLayers = ({ stage, layout, kvCache, engine }: CacheOnRank): CachedLayers[] => {
  const { tensorParallelSize, contextParallelSize = 1 } = layout;
  const shape = { tensorParallelSize, bytesPerValue: bytesPerKvValue(kvCache) };
  const onDevice = 1 - engine.hostOffload.kvCache;
  const { maxNumBatchedTokens } = engine;
  const { chunkedLayersKeep } = engineMemory(engine.name);
  return stage.layers.map(({ attention, count }) => {
    const kind = attentionKind(attention);
    return {
      count,
      bytesPerToken: (kind.kvBytesPerTokenPerLayer(attention, shape) / contextParallelSize) * onDevice,
      stateBytes: kind.fixedBytesPerRequestPerLayer(attention, shape) * onDevice,
      tokens: (contextTokens, blockTokens) =>
        kind.cachedTokens(attention, { contextTokens, blockTokens, maxNumBatchedTokens, chunkedLayersKeep }),
    };
  });
};

const exactBytes = (layers: readonly CachedLayers[], contextTokens: number): number =>
  layers.reduce((sum, layer) => sum + layer.count * (layer.bytesPerToken * layer.tokens(contextTokens, 1) + layer.stateBytes), 0);

const bytesInBlocks = (layers: readonly CachedLayers[], { name, maxModelLen }: EngineLimits): number => {
  const { blockTokens, pages } = engineMemory(name);
  if (pages === "shared") return bytesInSharedPages(layers, maxModelLen, blockTokens);
  return layers.reduce(
    (sum, layer) => sum + layer.count * (layer.bytesPerToken * layer.tokens(maxModelLen, blockTokens) + layer.stateBytes),
    0,
  );
};

/**
 * Cache of a request where layers of all kinds take pages of one size (vllm `v1/core/kv_cache_utils.py`).
 *
 *   block = 16 · ⌈largest state / (16 · bytes per token)⌉     a state inflates the block until a page holds it
 *   group = fewest layers of a kind, or the most where that is less than 1.25 times the fewest
 *   bytes = Σ kinds ⌈layers / group⌉ · group · pages · page
 *
 * Qwen3.5-35B-A3B: 10 attention layers and 30 states of 1.05 MiB: blocks of 544 tokens, four groups of ten layers.
 */
const bytesInSharedPages = (layers: readonly CachedLayers[], contextTokens: number, blockTokens: number): number => {
  const kinds = layersByKind(layers, contextTokens);
  const perToken = Math.max(0, ...kinds.map(({ bytesPerToken }) => bytesPerToken));
  const largestState = Math.max(0, ...kinds.map(({ stateBytes }) => stateBytes));
  const block = perToken > 0 ? blockTokens * Math.max(1, Math.ceil(largestState / (blockTokens * perToken))) : blockTokens;
  const statePage = perToken > 0 ? block * perToken : largestState;
  const group = groupSize(kinds.map(({ count }) => count));
  return kinds.reduce((sum, { count, bytesPerToken, stateBytes, tokens }) => {
    const padded = Math.ceil(count / group) * group;
    return sum + padded * (bytesPerToken * tokens(contextTokens, block) + (stateBytes > 0 ? statePage : 0));
  }, 0);
};

const groupSize = (counts: readonly number[]): number => {
  const fewest = Math.min(...counts);
  const most = Math.max(...counts);
  return most < 1.25 * fewest ? most : fewest;
};

/** Layers that keep the same bytes and tokens, together; layers that keep nothing are left out. */
const layersByKind = (layers: readonly CachedLayers[], contextTokens: number): CachedLayers[] => {
  const kinds: CachedLayers[] = [];
  for (const layer of layers) {
    if (layer.bytesPerToken === 0 && layer.stateBytes === 0) continue;
    const same = kinds.findIndex(
      (kind) =>
        kind.bytesPerToken === layer.bytesPerToken &&
        kind.stateBytes === layer.stateBytes &&
        kind.tokens(contextTokens, 1) === layer.tokens(contextTokens, 1),
    );
    const known = kinds[same];
    if (known) kinds[same] = { ...known, count: known.count + layer.count };
    else kinds.push(layer);
  }
  return kinds;
};
