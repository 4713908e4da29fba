/** A machine with room left above what it holds. */
export const Wordmark = () => (
  <span className="flex items-center gap-2 font-semibold text-[0.9375rem] tracking-tight">
    <svg viewBox="0 0 20 20" className="size-5 text-accent" aria-hidden="true">
      <rect x="2.75" y="2.75" width="14.5" height="14.5" rx="3.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <rect x="5.5" y="10.5" width="9" height="4" rx="0.75" fill="currentColor" />
      <path d="M5.5 7h9" stroke="currentColor" strokeWidth="1.5" strokeDasharray="1.8 1.8" />
    </svg>
    <span className="max-[26rem]:sr-only">Headroom</span>
  </span>
);
