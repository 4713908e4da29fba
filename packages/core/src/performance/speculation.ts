import type { ServingSite } from "./serving-site.ts";
import { decodeBatch, matrixParts } from "./step-time.ts";

/** Each step drafts some tokens and checks them with the next one in a single pass. */
export interface Speculation {
  readonly draftTokens: number;
  /** Chance that a drafted token is right, given that those before it were. */
  readonly acceptance: number;
}

export const checkedTokens = (speculation: Speculation | undefined): number => 1 + (speculation?.draftTokens ?? 0);

/**
 * Tokens that a step yields: the accepted beginning of the draft and one of the model's own.
 *
 *   1 + a + a² + … + aᵏ          Leviathan et al., arXiv 2211.17192
 */
export const yieldedTokens = (speculation: Speculation | undefined): number => {
  let total = 1;
  for (let drafted = 1; drafted <= (speculation?.draftTokens ?? 0); drafted++) total += (speculation?.acceptance ?? 0) ** drafted;
  return total;
};

/** Drafting with one layer of the model for each token, as multi-token prediction does, and its own launches. */
export const draftSeconds = (site: ServingSite, sequences: number, draftTokens: number): number => {
  if (draftTokens === 0) return 0;
  const { dense, experts, elementwise, collectives } = matrixParts(site, decodeBatch(site, sequences));
  const { work, coefficients } = site;
  const layer = (dense + experts + elementwise + collectives + work.matrices * coefficients.kernelSeconds) / work.layers;
  return draftTokens * (layer + coefficients.stepSeconds / 2);
};
