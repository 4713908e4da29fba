/** Rounds for an answer; -0 becomes 0 so that equal answers have equal bytes. */
export const roundTo = (places: number, value: number): number => {
  const factor = 10 ** places;
  const rounded = Math.round(value * factor) / factor;
  return Number.isFinite(rounded) ? rounded + 0 : value;
};
