import type { WeightRole } from "../weight-tensor.ts";

/** The roles whose matrices a quantization may narrow. */
export const linearRoles = ["attention", "dense", "sharedExperts", "routedExperts"] as const;
export type LinearRole = (typeof linearRoles)[number] & WeightRole;

/** In the order in which they are tried: a shared expert is also an expert, an expert also lies in an MLP. */
const roleWords: readonly { readonly role: LinearRole; readonly words: readonly string[] }[] = [
  { role: "sharedExperts", words: ["shared_expert"] },
  { role: "routedExperts", words: ["experts", "block_sparse_moe"] },
  { role: "attention", words: ["self_attn", "linear_attn", "attention", "attn", "mixer", "mamba"] },
  { role: "dense", words: ["mlp", "feed_forward"] },
];

/** Names inside a block that stand for a part of it only; the whole MLP is told by its three projections together. */
const partOfBlock =
  /(?:^|[._\\])(?:[a-z]{1,2}_proj|qkv_proj|kv_[a-z_]+|q_[ab]_proj|gate|router|shared_expert_gate|conv1d|weights_proj|norm)(?:$|[.*$\\])/;

/**
 * The roles that a checkpoint's list of modules covers. Patterns are read for their words only and never run:
 * "re:.*self_attn.*" and "model.layers.*.self_attn" cover attention. A pattern with a layer's number covers a role
 * once the list names at least half of the layers.
 */
export const coveredRoles = (patterns: readonly string[], numHiddenLayers: number): ReadonlySet<LinearRole> => {
  const layersNamed = new Map<LinearRole, Set<string>>();
  const covered = new Set<LinearRole>();
  for (const pattern of patterns) {
    const role = roleOf(pattern);
    if (!role) continue;
    const layer = /(?:layers|blocks|h)\.(\d+)\./.exec(pattern)?.[1];
    if (layer === undefined) covered.add(role);
    else layersNamed.set(role, (layersNamed.get(role) ?? new Set()).add(layer));
  }
  for (const [role, layers] of layersNamed) if (layers.size * 2 >= numHiddenLayers) covered.add(role);
  return covered;
};

const roleOf = (pattern: string): LinearRole | undefined => {
  const name = pattern.toLowerCase().slice(0, 300);
  if (partOfBlock.test(name)) return undefined;
  return roleWords.find(({ words }) => words.some((word) => name.includes(word)))?.role;
};
