import type { Metadata } from "next";
import Link from "next/link";
import { ApiTrouble } from "@/components/api/api-trouble.tsx";
import { PlanRequestForm } from "@/components/request-form/plan-request-form.tsx";
import { loadFormLists } from "@/lib/request-form/load-form-lists.ts";
import { loadStart } from "@/lib/request-form/load-start.ts";
import { oneOf, type SearchParameters } from "@/lib/search-parameters.ts";

export const metadata: Metadata = { title: "New plan" };

const NewPlanPage = async ({ searchParams }: { readonly searchParams: Promise<SearchParameters> }) => {
  const parameters = await searchParams;
  const terms = { preset: oneOf(parameters, "preset"), from: oneOf(parameters, "from"), relax: oneOf(parameters, "relax") };
  const [lists, start] = await Promise.all([loadFormLists(), loadStart(terms)]);
  if (!lists.ok) return <ApiTrouble failure={lists} />;
  if (!start.ok) return <ApiTrouble failure={start} />;
  const { state, from } = start.value;
  return (
    <>
      <h1 className="break-words font-semibold text-2xl tracking-tight">{from ? "Plan again with changes" : "New plan"}</h1>
      <p className="mt-1 max-w-[46rem] text-sm text-soft">
        {from ? (
          <>
            Filled with the request of{" "}
            <Link href={`/plans/${from.id}`} className="text-accent underline underline-offset-4">
              {from.name}
            </Link>
            , which stays as it is{from.changed ? `. Changed: ${from.changed}` : ""}.
          </>
        ) : (
          "Say what must run and how fast. The form starts with a knowledge base for 1,000 employees: plan it as it stands, or make it yours."
        )}
      </p>
      <PlanRequestForm initial={state} lists={lists.value} key={JSON.stringify(terms)} />
    </>
  );
};

export default NewPlanPage;
