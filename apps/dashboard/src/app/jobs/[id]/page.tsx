import type { Metadata } from "next";
import Link from "next/link";
import { notFound, redirect } from "next/navigation";
import { ApiTrouble } from "@/components/api/api-trouble.tsx";
import { CancelJob } from "@/components/request-form/cancel-job.tsx";
import { RefreshWhile } from "@/components/schedule/refresh-while.tsx";
import { buttonStyle } from "@/components/ui/button-style.ts";
import { Notice } from "@/components/ui/notice.tsx";
import { apiClient } from "@/lib/api/api-client.ts";
import { formatInstant } from "@/lib/format/dates.ts";

export const metadata: Metadata = { title: "Solving" };

const JobPage = async ({ params }: { readonly params: Promise<{ readonly id: string }> }) => {
  const { id } = await params;
  const job = await apiClient().getJob(id);
  if (!job.ok && job.kind === "problem" && job.problem.status === 404) notFound();
  if (!job.ok) return <ApiTrouble failure={job} />;
  const { status, planId, problem, createdAt } = job.value;
  if (planId !== null) redirect(`/plans/${planId}`);
  const isUnderWay = status === "queued" || status === "solving";
  return (
    <div className="max-w-[40rem] py-6">
      <h1 className="font-semibold text-2xl tracking-tight">
        {isUnderWay ? "Solving" : status === "cancelled" ? "Cancelled" : "No plan came of it"}
      </h1>
      <p className="mt-2 text-soft">
        Asked for at {formatInstant(createdAt)}.{" "}
        {isUnderWay ? "This page opens the plan once it is there; you may close it and come back." : ""}
      </p>
      {problem && (
        <div className="mt-5">
          <Notice tone="bad" title={problem.title}>
            {problem.errors && problem.errors.length > 0 ? (
              <ul className="list-disc pl-5">
                {problem.errors.map(({ pointer, detail }) => (
                  <li key={`${pointer} ${detail}`}>
                    <code className="font-mono text-[0.8125rem]">{pointer}</code> {detail}
                  </li>
                ))}
              </ul>
            ) : (
              problem.detail
            )}
          </Notice>
        </div>
      )}
      <div className="mt-6 flex flex-wrap gap-3">
        {isUnderWay ? (
          <CancelJob id={id} />
        ) : (
          <Link href="/plans/new" className={buttonStyle("primary")}>
            To the form
          </Link>
        )}
      </div>
      <RefreshWhile active={isUnderWay} />
      {isUnderWay && (
        <noscript>
          <meta httpEquiv="refresh" content="3" />
        </noscript>
      )}
    </div>
  );
};

export default JobPage;
