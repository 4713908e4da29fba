import type { CannotRun } from "@/lib/plan/group-rejections.ts";

export const CannotRunList = ({ groups }: { readonly groups: readonly CannotRun[] }) => (
  <dl className="space-y-2 text-sm leading-6">
    {groups.map(({ reason, whats }) => (
      <div key={reason} className="grid gap-x-6 sm:grid-cols-[14rem_minmax(0,1fr)]">
        <dt className="font-medium sm:font-normal">{reason.charAt(0).toUpperCase() + reason.slice(1)}</dt>
        <dd className="text-soft">{whats.join(", ")}</dd>
      </div>
    ))}
  </dl>
);
