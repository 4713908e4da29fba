/** right: in every case tried; conditional: in some; wrong: in none; cannot-be-checked: the claim lacks what a check needs. */
export type Verdict = "right" | "conditional" | "wrong" | "cannot-be-checked";

export interface Bilingual {
  readonly en: string;
  readonly zh: string;
}

export type Numbers = Readonly<Record<string, number>>;

interface ClaimToCheck<N extends Numbers> {
  readonly number: number;
  /** Which of the five articles says it. */
  readonly articles: string;
  readonly claim: Bilingual;
  /** One verdict, or one for each part of the claim. */
  readonly verdict: readonly Verdict[];
  readonly check: () => N;
  /** The verdict that the recomputed numbers give. */
  readonly judge: (numbers: N) => readonly Verdict[];
  readonly figure: (numbers: N) => Bilingual;
}

export interface CheckedClaim {
  readonly number: number;
  readonly articles: string;
  readonly claim: Bilingual;
  readonly verdict: readonly Verdict[];
  readonly recompute: () => { readonly numbers: Numbers; readonly judged: readonly Verdict[]; readonly figure: Bilingual };
}

/** A claim whose wording and verdict follow from the numbers its check answers. */
export const claim = <N extends Numbers>({ check, judge, figure, ...row }: ClaimToCheck<N>): CheckedClaim => ({
  ...row,
  recompute: () => {
    const numbers = check();
    return { numbers, judged: judge(numbers), figure: figure(numbers) };
  },
});
