import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ApiTrouble } from "@/components/api/api-trouble.tsx";
import { RunView } from "@/components/runs/run-view.tsx";
import { RefreshWhile } from "@/components/schedule/refresh-while.tsx";
import { apiClient } from "@/lib/api/api-client.ts";
import { isUnderWay } from "@/lib/runs/run-words.ts";

export const metadata: Metadata = { title: "Run" };

const RunPage = async ({ params }: { readonly params: Promise<{ readonly id: string }> }) => {
  const client = apiClient();
  const run = await client.getRun((await params).id);
  if (!run.ok && run.kind === "problem" && run.problem.status === 404) notFound();
  if (!run.ok) return <ApiTrouble failure={run} />;
  const plan = await client.getPlan(run.value.planId);
  return (
    <>
      <RunView run={run.value} planName={plan.ok ? (plan.value.name ?? "Unnamed plan") : "Plan"} />
      <RefreshWhile active={isUnderWay(run.value)} />
    </>
  );
};

export default RunPage;
