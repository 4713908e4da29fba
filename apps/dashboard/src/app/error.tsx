"use client";

import { buttonStyle } from "@/components/ui/button-style.ts";

interface ErrorPageProps {
  readonly error: Error & { readonly digest?: string };
  readonly reset: () => void;
}

const ErrorPage = ({ error, reset }: ErrorPageProps) => (
  <div className="max-w-[40rem] py-6">
    <h1 className="font-semibold text-2xl tracking-tight">This page broke</h1>
    <p className="mt-2 text-soft">
      It is our mistake, and your plans are safe: they are stored by the API. Try again; if it breaks once more, the dashboard's log says
      why
      {error.digest ? ` under ${error.digest}` : ""}.
    </p>
    <div className="mt-6">
      <button type="button" className={buttonStyle("primary")} onClick={reset}>
        Try again
      </button>
    </div>
  </div>
);

export default ErrorPage;
