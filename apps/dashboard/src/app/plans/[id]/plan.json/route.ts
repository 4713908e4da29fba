import { apiClient } from "@/lib/api/api-client.ts";
import { reasonOf } from "@/lib/api/reason-of.ts";

/** The plan as the API answers it, to keep, to share and to verify. */
export const GET = async (_request: Request, { params }: { readonly params: Promise<{ readonly id: string }> }): Promise<Response> => {
  const plan = await apiClient().getPlan((await params).id);
  if (!plan.ok) return new Response(`${reasonOf(plan)}\n`, { status: plan.kind === "problem" ? plan.problem.status : 502 });
  return new Response(`${JSON.stringify(plan.value, null, 2)}\n`, {
    headers: { "content-type": "application/json", "content-disposition": `attachment; filename="${plan.value.id}.json"` },
  });
};
