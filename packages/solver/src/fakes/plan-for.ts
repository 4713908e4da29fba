import { type Catalog, type Plan, parseRequest, planRequest } from "@headroom/core";
import { planFleet } from "../plan-fleet.ts";
import { strictTools } from "./strict-tools.ts";

/** The plan for a request that can be planned. */
export const planFor = async (document: unknown, catalog: Catalog): Promise<Plan> => {
  const parsed = parseRequest(planRequest, document);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  const outcome = await planFleet({ request: parsed.value, catalog, version: "test", newId: () => "plan_test" }, strictTools);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
  return outcome.value;
};
