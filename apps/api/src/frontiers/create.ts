import { frontierDocument, frontierRequest } from "@headroom/core";
import type { Dependencies } from "../dependencies.ts";
import type { Operation } from "../http/operation.ts";
import { comparisonOperation } from "../solve/comparison-operation.ts";

export const createFrontierOperation = (dependencies: Dependencies): Operation =>
  comparisonOperation(
    {
      path: "/v1/frontiers",
      summary: "What the cheapest plan costs while a target, the spot share, the commitment or the horizon moves",
      request: frontierRequest,
      answer: frontierDocument,
      workOf: (request) => ({ kind: "frontier", request }),
      solve: ({ request, catalog, signal }) => dependencies.solver.frontier(request, catalog, signal),
    },
    dependencies,
  );
