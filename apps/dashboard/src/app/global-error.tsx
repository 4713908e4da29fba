"use client";

import "./globals.css";

const GlobalErrorPage = ({ reset }: { readonly reset: () => void }) => (
  <html lang="en">
    <body className="font-sans">
      <title>This page broke · Headroom</title>
      <main className="mx-auto max-w-[40rem] px-6 py-16">
        <h1 className="font-semibold text-2xl">This page broke</h1>
        <p className="mt-2 text-soft">It is our mistake, and your plans are safe: they are stored by the API.</p>
        <button type="button" className="mt-6 rounded-md bg-accent px-3.5 py-1.5 text-on-accent" onClick={reset}>
          Try again
        </button>
      </main>
    </body>
  </html>
);

export default GlobalErrorPage;
