import { randomUUID } from "node:crypto";
import { type CatalogDocument, invariant, type Outcome, type Plan, type PlanRequest, readCatalog } from "@headroom/core";
import { sampleCatalog, sampleRequest } from "@headroom/db/test-database";
import { compareScenarios, costFrontier, defaultBackends, planFleet } from "@headroom/solver";
import type { WorkerTools } from "../worker-tools.ts";

/** The real planner on this thread: quick enough for one service and a few offers. */
export const planInProcess = async (request: PlanRequest, document: CatalogDocument): Promise<Outcome<Plan>> => {
  const catalog = readCatalog(document);
  if (!catalog.ok) return catalog;
  const input = { request, catalog: catalog.value, version: "0.0.0", newId: () => `plan_${randomUUID()}` };
  return planFleet(input, { backends: defaultBackends, nowMs: () => performance.now() });
};

const tools = { backends: defaultBackends, nowMs: () => performance.now() };
const common = { version: "0.0.0", newId: () => `plan_${randomUUID()}` };

/** Everything a worker's solver is asked, on this thread. */
export const inProcessSolver: WorkerTools["solver"] = {
  plan: planInProcess,
  frontier: async (request, document) => {
    const catalog = readCatalog(document);
    return catalog.ok ? costFrontier({ ...common, request, catalog: catalog.value }, tools) : catalog;
  },
  scenarios: async (request, document) => {
    const catalog = readCatalog(document);
    return catalog.ok ? compareScenarios({ ...common, request, catalog: catalog.value }, tools) : catalog;
  },
};

/** A plan for the sample service at these prices of two otherwise equal offers. */
export const planAt = async (prices: Readonly<Record<string, string>>, changes: Partial<PlanRequest> = {}): Promise<Plan> => {
  const plan = await planInProcess(sampleRequest(changes), sampleCatalog({ prices }));
  invariant(plan.ok, "the sample request can be planned");
  return plan.value;
};
