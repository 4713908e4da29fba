import Link from "next/link";

/** To the page above this one. */
export const WayBack = ({ href, children }: { readonly href: string; readonly children: string }) => (
  <Link
    href={href}
    className="inline-flex min-h-6 max-w-full items-center gap-1 rounded-sm text-sm text-soft underline-offset-4 hover:text-ink hover:underline print:hidden"
  >
    <svg viewBox="0 0 12 12" className="size-3 shrink-0" aria-hidden="true">
      <path d="M7.5 2.5 4 6l3.5 3.5" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
    <span className="min-w-0 break-words">{children}</span>
  </Link>
);
