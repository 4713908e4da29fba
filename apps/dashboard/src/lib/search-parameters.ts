export type SearchParameters = Readonly<Record<string, string | string[] | undefined>>;

/** A parameter of the address that stands there once. */
export const oneOf = (parameters: SearchParameters, name: string): string | undefined => {
  const value = parameters[name];
  return typeof value === "string" ? value : undefined;
};
