import type { Metadata } from "next";
import Link from "next/link";
import { ApiTrouble } from "@/components/api/api-trouble.tsx";
import { DeletePlanForm } from "@/components/plans/delete-plan-form.tsx";
import { buttonStyle } from "@/components/ui/button-style.ts";
import { loadPlan } from "@/lib/plans/load-plan.ts";

export const metadata: Metadata = { title: "Delete a plan" };

const DeletePlanPage = async ({ params }: { readonly params: Promise<{ readonly id: string }> }) => {
  const { id } = await params;
  const plan = await loadPlan(id);
  if (!plan.ok) return <ApiTrouble failure={plan} />;
  return (
    <div className="max-w-[36rem] py-6">
      <h1 className="break-words font-semibold text-2xl tracking-tight">Delete “{plan.value.name ?? "Unnamed plan"}”?</h1>
      <p className="mt-2 text-soft">The plan goes with its schedule and its runs. This cannot be undone.</p>
      <DeletePlanForm
        id={id}
        keep={
          <Link href={`/plans/${id}`} className={buttonStyle()}>
            Keep it
          </Link>
        }
      />
    </div>
  );
};

export default DeletePlanPage;
