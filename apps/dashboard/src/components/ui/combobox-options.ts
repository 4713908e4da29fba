export interface Option {
  readonly value: string;
  readonly note?: string;
}

const most = 100;

/** The options that contain every word typed, in any order and case. */
export const optionsMatching = (options: readonly Option[], typed: string): Option[] => {
  const words = typed.toLowerCase().split(/\s+/);
  return options.filter(({ value, note = "" }) => words.every((word) => `${value} ${note}`.toLowerCase().includes(word))).slice(0, most);
};
