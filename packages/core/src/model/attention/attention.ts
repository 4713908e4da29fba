import type { AttentionKind } from "./attention-kind.ts";
import { type CompressedAttention, compressed } from "./compressed.ts";
import { type CountedAttention, countedAttention } from "./counted-attention.ts";
import { type GatedDeltaNet, gatedDelta } from "./gated-delta.ts";
import { type GroupedQueryAttention, groupedQuery } from "./grouped-query.ts";
import { type KimiDeltaAttention, kimiDelta } from "./kimi-delta.ts";
import { type LightningAttention, lightning } from "./lightning.ts";
import { type MultiHeadLatentAttention, multiHeadLatent } from "./multi-head-latent.ts";
import { type NoAttention, noAttention } from "./no-attention.ts";
import { type StateSpace, stateSpace } from "./state-space.ts";

/** What mixes the tokens of a layer. */
export type Attention =
  | GroupedQueryAttention
  | MultiHeadLatentAttention
  | CompressedAttention
  | GatedDeltaNet
  | KimiDeltaAttention
  | LightningAttention
  | StateSpace
  | CountedAttention
  | NoAttention;

const kinds: { readonly [K in Attention["kind"]]: AttentionKind<Extract<Attention, { kind: K }>> } = {
  "grouped-query": groupedQuery,
  "multi-head-latent": multiHeadLatent,
  compressed,
  "gated-delta": gatedDelta,
  "kimi-delta": kimiDelta,
  lightning,
  "state-space": stateSpace,
  counted: countedAttention,
  none: noAttention,
};

/** What this attention's kind declares. The cast is safe: `kinds` pairs each kind with its own shape. */
export const attentionKind = <A extends Attention>(attention: A): AttentionKind<A> => kinds[attention.kind] as unknown as AttentionKind<A>;
