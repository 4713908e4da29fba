import { type Outcome, parseRequest } from "@headroom/core";
import type { z } from "zod";
import type { ApiContext } from "./api-context.ts";
import { findUnstorable } from "./check-json.ts";
import { refuse, refuseFields } from "./refuse.ts";

export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly response: Response };

/** Reads a JSON body against a schema, or answers why not: 415, 400, or 422 with every wrong field. */
export const readBody = <S extends z.ZodType>(context: ApiContext, schema: S): Promise<Read<z.output<S>>> =>
  readBodyWith(context, (input) => parseRequest(schema, input));

export const readBodyWith = async <T>(context: ApiContext, parse: (input: unknown) => Outcome<T>): Promise<Read<T>> => {
  if (!isJson(context.req.header("content-type"))) {
    return { ok: false, response: refuse(context, "unsupported-media-type", { detail: "send content-type: application/json" }) };
  }
  const json = parseJson(await context.req.arrayBuffer());
  if (!json.ok) return { ok: false, response: refuse(context, "malformed-json", { detail: json.detail }) };
  const unstorable = findUnstorable(json.value);
  if (unstorable) return { ok: false, response: refuseFields(context, [unstorable]) };
  const parsed = parse(json.value);
  return parsed.ok ? parsed : { ok: false, response: refuseFields(context, parsed.errors) };
};

export const readQuery = <S extends z.ZodType>(context: ApiContext, schema: S): Read<z.output<S>> => {
  const parsed = parseRequest(schema, context.req.query());
  return parsed.ok ? parsed : { ok: false, response: refuseFields(context, parsed.errors) };
};

const isJson = (contentType: string | undefined): boolean => /^application\/(?:[\w.-]+\+)?json(?:\s*;|$)/i.test(contentType?.trim() ?? "");

const utf8 = new TextDecoder("utf-8", { fatal: true });

const parseJson = (bytes: ArrayBuffer): { ok: true; value: unknown } | { ok: false; detail: string } => {
  try {
    return { ok: true, value: JSON.parse(utf8.decode(bytes)) };
  } catch (error) {
    return { ok: false, detail: error instanceof SyntaxError ? error.message : "is not encoded in UTF-8" };
  }
};
