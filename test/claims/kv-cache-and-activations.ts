import { claimsOnActivations } from "./activations.ts";
import type { CheckedClaim } from "./claim.ts";
import { claimsOnKvCache } from "./kv-cache.ts";

export const kvCacheAndActivations: readonly CheckedClaim[] = [...claimsOnKvCache, ...claimsOnActivations].toSorted(
  (a, b) => a.number - b.number,
);
