/** What fields suggest: nothing that is not in a list is forbidden. */
export interface FormLists {
  readonly models: readonly Suggestion[];
  readonly accelerators: readonly Suggestion[];
  readonly providers: readonly string[];
  readonly regions: readonly string[];
  readonly catalogs: readonly { readonly value: string; readonly label: string }[];
}

interface Suggestion {
  readonly value: string;
  readonly note?: string;
}

export const noLists: FormLists = { models: [], accelerators: [], providers: [], regions: [], catalogs: [] };
