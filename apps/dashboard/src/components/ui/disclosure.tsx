import type { ReactNode, Ref } from "react";

interface DisclosureProps {
  readonly summary: ReactNode;
  readonly children: ReactNode;
  readonly open?: boolean;
  readonly ref?: Ref<HTMLDetailsElement>;
}

/** Folded until it is asked for; works without scripts. */
export const Disclosure = ({ summary, children, open, ref }: DisclosureProps) => (
  <details ref={ref} open={open} className="group">
    <summary className="-mx-1 inline-flex cursor-pointer list-none items-center gap-1.5 rounded-md px-1 py-1 font-medium text-accent text-sm hover:text-accent-strong">
      <svg viewBox="0 0 12 12" className="size-3 shrink-0 transition-transform group-open:rotate-90" aria-hidden="true">
        <path d="m4 2 4 4-4 4" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" />
      </svg>
      <span>{summary}</span>
    </summary>
    <div className="pt-3">{children}</div>
  </details>
);
