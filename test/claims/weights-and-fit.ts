import type { CheckedClaim } from "./claim.ts";
import { claimsOnFit } from "./fit.ts";
import { claimsOnWeights } from "./weights.ts";

export const weightsAndFit: readonly CheckedClaim[] = [...claimsOnWeights, ...claimsOnFit];
