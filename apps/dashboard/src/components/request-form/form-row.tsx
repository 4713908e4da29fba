import type { ReactNode } from "react";

interface FormRowProps {
  readonly title: string;
  readonly about?: string;
  readonly children: ReactNode;
}

/** A part of the form: what it is about on the left, its fields on the right. */
export const FormRow = ({ title, about, children }: FormRowProps) => (
  <div className="grid gap-x-10 gap-y-4 border-line border-t py-7 lg:grid-cols-[16rem_minmax(0,1fr)]">
    <div>
      <h3 className="font-medium">{title}</h3>
      {about && <p className="mt-1 text-soft text-sm leading-5">{about}</p>}
    </div>
    <div className="min-w-0 space-y-5">{children}</div>
  </div>
);
