import type { AttentionKind } from "./attention-kind.ts";
import { type GroupedQueryAttention, groupedQuery } from "./grouped-query.ts";
import { type MultiHeadLatentAttention, multiHeadLatent } from "./multi-head-latent.ts";

export type Attention = GroupedQueryAttention | MultiHeadLatentAttention;

const kinds: { readonly [K in Attention["kind"]]: AttentionKind<Extract<Attention, { kind: K }>> } = {
  "grouped-query": groupedQuery,
  "multi-head-latent": multiHeadLatent,
};

/** What this attention's kind declares. The cast is safe: `kinds` pairs each kind with its own shape. */
export const attentionKind = <A extends Attention>(attention: A): AttentionKind<A> => kinds[attention.kind] as unknown as AttentionKind<A>;
