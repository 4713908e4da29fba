import { scenariosDocument, scenariosRequest } from "@headroom/core";
import type { Dependencies } from "../dependencies.ts";
import type { Operation } from "../http/operation.ts";
import { comparisonOperation } from "../solve/comparison-operation.ts";

export const createScenariosOperation = (dependencies: Dependencies): Operation =>
  comparisonOperation(
    {
      path: "/v1/scenarios",
      summary: "A plan for each scenario of demand and prices, what each regrets in the others, and which regrets least at worst",
      request: scenariosRequest,
      answer: scenariosDocument,
      workOf: (request) => ({ kind: "scenarios", request }),
      solve: ({ request, catalog, signal }) => dependencies.solver.scenarios(request, catalog, signal),
    },
    dependencies,
  );
