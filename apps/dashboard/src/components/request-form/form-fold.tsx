"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";
import { useRequestForm } from "@/components/request-form/request-form-context.ts";
import { Disclosure } from "@/components/ui/disclosure.tsx";
import { isConcerned } from "@/lib/request-form/is-concerned.ts";

interface FormFoldProps {
  readonly summary: string;
  /** What the fields inside set. */
  readonly places: readonly string[];
  readonly children: ReactNode;
}

/** Fields that most people leave alone: folded, unless something stands in them at the start or turns out wrong. */
export const FormFold = ({ summary, places, children }: FormFoldProps) => {
  const { values, errors } = useRequestForm();
  const fold = useRef<HTMLDetailsElement>(null);
  const [startsOpen] = useState(() => isConcerned({ values, errors }, places));
  const isWrong = isConcerned({ values: {}, errors }, places);
  useEffect(() => {
    if (isWrong && fold.current) fold.current.open = true;
  }, [isWrong]);
  return (
    <Disclosure summary={summary} open={startsOpen} ref={fold}>
      {children}
    </Disclosure>
  );
};
