/** For what can only be a bug of ours; what a caller can cause is a value, never this. */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`invariant broken: ${message}`);
}
