import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { canonicalize } from "json-canonicalize";

/** SHA-256 of canonical JSON (RFC 8785): equal whatever the order of the fields. */
export const contentHash = (content: unknown): string => bytesToHex(sha256(utf8ToBytes(canonicalize(content))));
