import type { Metadata } from "next";
import { ApiTrouble } from "@/components/api/api-trouble.tsx";
import { PlanView } from "@/components/plan/plan-view.tsx";
import { ScheduleSection } from "@/components/schedule/schedule-section.tsx";
import { apiClient } from "@/lib/api/api-client.ts";
import { loadPlan } from "@/lib/plans/load-plan.ts";

interface PlanPageProps {
  readonly params: Promise<{ readonly id: string }>;
}

export const generateMetadata = async ({ params }: PlanPageProps): Promise<Metadata> => {
  const plan = await apiClient().getPlan((await params).id);
  return { title: plan.ok ? (plan.value.name ?? "Unnamed plan") : "Plan" };
};

const PlanPage = async ({ params }: PlanPageProps) => {
  const plan = await loadPlan((await params).id);
  if (!plan.ok) return <ApiTrouble failure={plan} />;
  return (
    <PlanView plan={plan.value}>
      <ScheduleSection planId={plan.value.id} />
    </PlanView>
  );
};

export default PlanPage;
