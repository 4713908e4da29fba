/** What stands in the form: the text of each field by the JSON Pointer of what it sets, and which alternative is chosen. */
export type FormValues = Readonly<Record<string, string>>;
