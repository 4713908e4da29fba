import type { ReactNode } from "react";

interface SectionProps {
  readonly id: string;
  readonly title: string;
  /** One or two sentences under the title. */
  readonly about?: ReactNode;
  readonly children: ReactNode;
}

export const Section = ({ id, title, about, children }: SectionProps) => (
  <section aria-labelledby={`${id}-title`} className="border-line border-t pt-7 pb-11">
    <h2 id={`${id}-title`} className="scroll-mt-16 font-semibold text-lg tracking-tight">
      {title}
    </h2>
    {about && <p className="mt-1 max-w-[46rem] text-sm text-soft">{about}</p>}
    <div className="mt-5">{children}</div>
  </section>
);
