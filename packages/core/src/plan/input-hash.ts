import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { canonicalize } from "json-canonicalize";

/** SHA-256 of the canonical JSON (RFC 8785) of everything that decides a plan: equal hashes, equal plans. */
export const inputHash = (input: { readonly request: unknown; readonly catalog: string; readonly version: string }): string =>
  bytesToHex(sha256(utf8ToBytes(canonicalize(input))));
