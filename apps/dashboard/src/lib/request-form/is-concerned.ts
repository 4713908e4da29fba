import type { FieldError } from "./field-errors.ts";
import type { FormValues } from "./form-values.ts";

interface Concern {
  readonly values: FormValues;
  readonly errors: readonly FieldError[];
}

/** Whether something is typed or wrong below any of the places, so that a folded part must be open. */
export const isConcerned = ({ values, errors }: Concern, places: readonly string[]): boolean => {
  const isBelow = (pointer: string): boolean => places.some((place) => pointer === place || pointer.startsWith(`${place}/`));
  return (
    Object.entries(values).some(([pointer, text]) => isBelow(pointer) && text !== "") || errors.some(({ pointer }) => isBelow(pointer))
  );
};
