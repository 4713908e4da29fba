import type { Verdict } from "./claim.ts";

/** Over the cases that a claim may mean, each holding, failing, or undefined where nothing can be compared. */
export const verdictOver = (...cases: readonly (boolean | undefined)[]): Verdict => {
  const known = cases.filter((holds) => holds !== undefined);
  if (known.length === 0) return "cannot-be-checked";
  if (known.every((holds) => holds)) return "right";
  return known.some((holds) => holds) ? "conditional" : "wrong";
};

/** Whether a claimed value is the found one, to a share of it. */
export const agrees = (claimed: number, found: number, share = 0.05): boolean => Math.abs(claimed - found) <= share * Math.abs(found);
