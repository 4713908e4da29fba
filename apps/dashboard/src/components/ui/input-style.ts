/** One look for everything that is typed or chosen in. */
export const inputStyle =
  "block min-h-9 w-full min-w-0 rounded-md border border-edge bg-raised px-2.5 py-1.5 text-ink text-sm leading-5 hover:border-soft aria-invalid:border-bad";
