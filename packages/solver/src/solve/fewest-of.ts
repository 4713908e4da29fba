/** Least whole number up to `most` at which something holds that goes on holding. */
export const fewestOf = (most: number, holds: (count: number) => boolean): number | undefined => {
  if (!holds(most)) return undefined;
  let [fails, held] = [-1, most];
  while (held - fails > 1) {
    const middle = Math.floor((fails + held) / 2);
    if (holds(middle)) held = middle;
    else fails = middle;
  }
  return held;
};
