interface JsonBlockProps {
  readonly label: string;
  readonly value: unknown;
}

/** JSON to read and to copy, in a box that scrolls and can be scrolled with the keyboard. */
export const JsonBlock = ({ label, value }: JsonBlockProps) => (
  <section
    aria-label={label}
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable without a mouse.
    tabIndex={0}
    className="max-h-[32rem] overflow-auto rounded-lg border border-line bg-sunken p-4"
  >
    <pre className="font-mono text-[0.8125rem] leading-5">{JSON.stringify(value, null, 2)}</pre>
  </section>
);
