import type { APIRequestContext } from "@playwright/test";
import { addresses } from "./addresses.ts";
import { knowledgeBase, planByApi } from "./headroom-test.ts";

export interface NamedPage {
  readonly name: string;
  readonly path: string;
}

/** One page of each kind, with what is needed to show it. */
export const everyPage = async (request: APIRequestContext): Promise<NamedPage[]> => {
  const plan = await planByApi(request, { ...knowledgeBase, name: "A plan with a name that is long enough to be wrapped on a telephone" });
  const [service] = knowledgeBase.services;
  if (!service) throw new Error("the knowledge base has a service");
  const impossible = await planByApi(request, { ...knowledgeBase, services: [{ ...service, slo: { tpotMs: 1 } }] });
  const schedule = { cron: "0 6 * * MON", timeZone: "America/New_York" };
  await request.put(`${addresses.api}/v1/plans/${plan.id}/schedule`, { data: schedule });
  const run = await (await request.post(`${addresses.api}/v1/plans/${plan.id}/runs`)).json();
  return [
    { name: "plans", path: "/" },
    { name: "new plan", path: "/plans/new" },
    { name: "new plan with two classes", path: "/plans/new?preset=chat" },
    { name: "plan", path: `/plans/${plan.id}` },
    { name: "infeasible plan", path: `/plans/${impossible.id}` },
    { name: "plan again", path: `/plans/new?from=${impossible.id}&relax=0` },
    { name: "delete a plan", path: `/plans/${plan.id}/delete` },
    { name: "run", path: `/runs/${run.id}` },
    { name: "not found", path: "/plans/plan_nothing" },
  ];
};
