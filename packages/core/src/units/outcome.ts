/** What is wrong with one field of a request: RFC 6901 pointer and what would be right. */
export interface FieldError {
  readonly pointer: string;
  readonly detail: string;
}

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly errors: readonly FieldError[] };

export const succeed = <T>(value: T): Outcome<T> => ({ ok: true, value });
export const refuse = (pointer: string, detail: string): Outcome<never> => ({ ok: false, errors: [{ pointer, detail }] });
export const refuseAll = (errors: readonly FieldError[]): Outcome<never> => ({ ok: false, errors });

/** The same errors, seen from a document that holds the value under `prefix`. */
export const under = <T>(prefix: string, outcome: Outcome<T>): Outcome<T> =>
  outcome.ok ? outcome : refuseAll(outcome.errors.map((error) => ({ ...error, pointer: `${prefix}${error.pointer}` })));
