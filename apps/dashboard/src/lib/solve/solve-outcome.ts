import type { FieldError } from "../request-form/field-errors.ts";

/** What asking for a plan comes to, in what a browser needs of it. */
export type SolveOutcome =
  | { readonly kind: "plan"; readonly id: string }
  /** It takes longer and goes on by itself. */
  | { readonly kind: "job"; readonly id: string }
  | { readonly kind: "refused"; readonly message: string; readonly errors: readonly FieldError[] }
  | { readonly kind: "cancelled" };
