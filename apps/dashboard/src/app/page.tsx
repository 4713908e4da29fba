import type { Metadata } from "next";
import Link from "next/link";
import { ApiTrouble } from "@/components/api/api-trouble.tsx";
import { NoPlansYet } from "@/components/plans/no-plans-yet.tsx";
import { PlanPaging } from "@/components/plans/plan-paging.tsx";
import { PlanTable } from "@/components/plans/plan-table.tsx";
import { buttonStyle } from "@/components/ui/button-style.ts";
import { loadPlanList } from "@/lib/plans/load-plan-list.ts";
import { oneOf, type SearchParameters } from "@/lib/search-parameters.ts";

export const metadata: Metadata = { title: { absolute: "Plans · Headroom" } };

const PlansPage = async ({ searchParams }: { readonly searchParams: Promise<SearchParameters> }) => {
  const cursor = oneOf(await searchParams, "cursor");
  const list = await loadPlanList(cursor);
  if (!list.ok) return <ApiTrouble failure={list} />;
  const { plans, next } = list.value;
  if (plans.length === 0 && cursor === undefined) return <NoPlansYet />;
  return (
    <>
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div>
          <h1 className="font-semibold text-2xl tracking-tight">Plans</h1>
          <p className="mt-1 text-sm text-soft">What to rent for your models, newest first. A month is 730 hours.</p>
        </div>
        <Link href="/plans/new" className={buttonStyle("primary")}>
          New plan
        </Link>
      </div>
      <div className="mt-6">
        <PlanTable plans={plans} />
      </div>
      <PlanPaging isFirst={cursor === undefined} next={next} />
    </>
  );
};

export default PlansPage;
