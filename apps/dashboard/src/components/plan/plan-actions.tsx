import type { Plan } from "@headroom/core";
import Link from "next/link";
import { CopyLink } from "@/components/plan/copy-link.tsx";
import { DeletePlan } from "@/components/plans/delete-plan.tsx";
import { buttonStyle } from "@/components/ui/button-style.ts";

export const PlanActions = ({ plan }: { readonly plan: Plan }) => (
  <div className="flex flex-wrap gap-2 print:hidden">
    <Link href={`/plans/new?from=${plan.id}`} className={buttonStyle("primary")}>
      Plan again with changes
    </Link>
    <a href={`/plans/${plan.id}/plan.json`} download className={buttonStyle()}>
      Download JSON
    </a>
    <CopyLink />
    <DeletePlan id={plan.id} name={plan.name ?? "Unnamed plan"} size="normal" />
  </div>
);
