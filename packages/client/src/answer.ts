import type { Problem } from "./documents/problem.ts";

/** What a call comes to. A server that says no is a problem; a server that says nothing sensible is the network. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly kind: "problem"; readonly problem: Problem }
  | { readonly ok: false; readonly kind: "network"; readonly detail: string };
