/**
 * How many (token, earlier token) pairs a causal mask leaves in a prompt of n tokens when each sees at most w.
 *
 *   n² / 2                      n ≤ w
 *   w² / 2 + (n − w) · w        n > w
 */
export const causalPairs = (promptTokens: number, window = Number.POSITIVE_INFINITY): number => {
  const inside = Math.min(promptTokens, window);
  return inside ** 2 / 2 + (promptTokens > window ? (promptTokens - window) * window : 0);
};

/** Attention in chunks: each chunk of c tokens sees only itself. */
export const chunkedPairs = (promptTokens: number, chunk: number): number =>
  Math.floor(promptTokens / chunk) * causalPairs(chunk) + causalPairs(promptTokens % chunk);
