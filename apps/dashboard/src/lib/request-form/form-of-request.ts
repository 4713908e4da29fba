import type { PlanRequest } from "@headroom/core";
import { alternativeKeys } from "./alternatives.ts";
import { type FieldKind, fieldKindAt } from "./field-kinds.ts";
import type { FormValues } from "./form-values.ts";

/** The form that asks a request; undefined where the request says something that no field shows. */
export const formOf = (request: PlanRequest): FormValues | undefined => {
  const fields = fieldsOf(request, "");
  if (!fields) return undefined;
  const values = Object.fromEntries(fields);
  return { ...values, ...alternativeKeys(values) };
};

type Field = readonly [pointer: string, text: string];

const fieldsOf = (value: unknown, pointer: string): Field[] | undefined => {
  const kind = fieldKindAt(pointer);
  const isBranch = typeof value === "object" && value !== null;
  if (kind && !(isBranch && !isWrittenWhole(pointer))) {
    const text = kind.write(value);
    return isSame(kind, kind.read(text), value) ? [[pointer, text]] : undefined;
  }
  if (!isBranch) return undefined;
  const parts = Object.entries(value).map(([key, part]) => (part === undefined ? [] : fieldsOf(part, `${pointer}/${escapeSegment(key)}`)));
  return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
};

const escapeSegment = (segment: string): string => segment.replaceAll("~", "~0").replaceAll("/", "~1");

/** Places with a field for the whole and fields for its parts: the parts show an object better. */
const isWrittenWhole = (pointer: string): boolean => !/\/(?:weights|requestRatePerSecond)$/.test(pointer);

const isSame = ({ meaning = (value) => value }: FieldKind, read: unknown, value: unknown): boolean =>
  JSON.stringify(meaning(read)) === JSON.stringify(meaning(value));
