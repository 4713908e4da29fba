"use client";

import { createContext, useContext } from "react";
import type { FieldError } from "@/lib/request-form/field-errors.ts";
import { type FormLists, noLists } from "@/lib/request-form/form-lists.ts";
import type { FormValues } from "@/lib/request-form/form-values.ts";
import type { ListEdit } from "@/lib/request-form/list-items.ts";

export interface RequestFormContextValue {
  readonly values: FormValues;
  readonly errors: readonly FieldError[];
  readonly set: (pointer: string, text: string) => void;
  readonly edit: (edit: ListEdit) => void;
  readonly lists: FormLists;
}

const outside: RequestFormContextValue = { values: {}, errors: [], set: () => undefined, edit: () => undefined, lists: noLists };

export const RequestFormContext = createContext(outside);

export const useRequestForm = (): RequestFormContextValue => useContext(RequestFormContext);
