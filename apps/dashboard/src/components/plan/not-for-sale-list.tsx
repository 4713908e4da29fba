import type { RejectionDocument } from "@headroom/core";

export const NotForSaleList = ({ rejections }: { readonly rejections: readonly RejectionDocument[] }) => (
  <dl className="space-y-3 text-sm leading-5 sm:columns-1">
    {rejections.map(({ what, detail }) => (
      <div key={`${what} ${detail}`} className="grid gap-x-6 sm:grid-cols-[18rem_minmax(0,1fr)]">
        <dt className="break-words">{what}</dt>
        <dd className="text-soft">{detail}</dd>
      </div>
    ))}
  </dl>
);
