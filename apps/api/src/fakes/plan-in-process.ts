import { randomUUID } from "node:crypto";
import { readCatalog } from "@headroom/core";
import { defaultBackends, mixMachines, planFleet } from "@headroom/solver";
import type { Dependencies } from "../dependencies.ts";

const tools = { backends: defaultBackends, nowMs: () => performance.now() };

/** The real planner on this thread: quick enough for one service and a few offers. */
export const inProcessSolver: Dependencies["solver"] = {
  plan: async (request, document) => {
    const catalog = readCatalog(document);
    if (!catalog.ok) return catalog;
    return planFleet({ request, catalog: catalog.value, version: "0.0.0", newId: () => `plan_${randomUUID()}` }, tools);
  },
  mix: (request) => mixMachines(request, tools),
};
