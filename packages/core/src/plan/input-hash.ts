import { contentHash } from "../units/index.ts";

/** Of everything that decides a plan: equal hashes, equal plans. */
export const inputHash = (input: { readonly request: unknown; readonly catalog: string; readonly version: string }): string =>
  contentHash(input);
