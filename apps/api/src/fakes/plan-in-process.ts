import { randomUUID } from "node:crypto";
import { readCatalog } from "@headroom/core";
import { compareScenarios, costFrontier, defaultBackends, mixMachines, planFleet } from "@headroom/solver";
import type { Dependencies } from "../dependencies.ts";

const common = { version: "0.0.0", newId: () => `plan_${randomUUID()}` };
const tools = { backends: defaultBackends, nowMs: () => performance.now() };

/** The real planner on this thread: quick enough for one service and a few offers. */
export const inProcessSolver: Dependencies["solver"] = {
  plan: async (request, document) => {
    const catalog = readCatalog(document);
    return catalog.ok ? planFleet({ ...common, request, catalog: catalog.value }, tools) : catalog;
  },
  frontier: async (request, document) => {
    const catalog = readCatalog(document);
    return catalog.ok ? costFrontier({ ...common, request, catalog: catalog.value }, tools) : catalog;
  },
  scenarios: async (request, document) => {
    const catalog = readCatalog(document);
    return catalog.ok ? compareScenarios({ ...common, request, catalog: catalog.value }, tools) : catalog;
  },
  mix: (request) => mixMachines(request, tools),
};
