import { randomUUID } from "node:crypto";
import { resourceLimits } from "node:worker_threads";
import {
  type Catalog,
  type CatalogDocument,
  type Frontier,
  type FrontierRequest,
  type Mix,
  type MixRequest,
  type Outcome,
  type Plan,
  type PlanRequest,
  readCatalog,
  type Scenarios,
  type ScenariosRequest,
  type ServiceMix,
} from "@headroom/core";
import { compareScenarios } from "../../frontier/compare-scenarios.ts";
import { costFrontier } from "../../frontier/cost-frontier.ts";
import { mixMachines } from "../../mix-machines.ts";
import { planFleet } from "../../plan-fleet.ts";
import { defaultBackends } from "../../solve/backends.ts";
import type { SolveTools } from "../../solve/solve-tools.ts";
import { limitWasmMemory } from "./limit-wasm-memory.ts";
import { outOfMemoryCode } from "./out-of-memory.ts";
import { yieldToRequests } from "./yield-to-requests.ts";

/** What a solver thread is asked. Plain data: it crosses a thread boundary. */
export type SolverTask =
  | { readonly kind: "mix"; readonly request: MixRequest }
  | (Priced & { readonly kind: "plan"; readonly request: PlanRequest })
  | (Priced & { readonly kind: "frontier"; readonly request: FrontierRequest })
  | (Priced & { readonly kind: "scenarios"; readonly request: ScenariosRequest });

interface Priced {
  readonly catalog: CatalogDocument;
  readonly version: string;
}

export type SolverAnswer = Outcome<Mix | ServiceMix> | Outcome<Plan> | Outcome<Frontier> | Outcome<Scenarios>;

yieldToRequests();

/** The same for WebAssembly as for JavaScript. */
const wasMemoryRefused = limitWasmMemory((resourceLimits?.maxOldGenerationSizeMb ?? Number.POSITIVE_INFINITY) * 2 ** 20);

const tools: SolveTools = {
  backends: defaultBackends,
  nowMs: () => performance.now(),
  onDefect: (what) => process.emitWarning(`a plan is compared with one that fails its check, which is left out: ${what}`),
};

/** The entry of a solver thread: one task at a time, away from every request. */
export const solve = async (task: SolverTask): Promise<SolverAnswer> => {
  try {
    return await answer(task);
  } catch (error) {
    if (wasMemoryRefused()) return endThread();
    throw error;
  }
};

/** As Node ends a thread whose JavaScript needs too much; HiGHS cannot be used again in this one. */
const endThread = (): Promise<never> => {
  queueMicrotask(() => {
    throw Object.assign(new Error("WebAssembly reached its memory limit"), { code: outOfMemoryCode });
  });
  return new Promise(() => undefined);
};

const answer = async (task: SolverTask): Promise<SolverAnswer> => {
  if (task.kind === "mix") return mixMachines(task.request, tools);
  const catalog = readCatalog(task.catalog);
  return catalog.ok ? solvePriced(task, catalog.value) : catalog;
};

const solvePriced = (task: Exclude<SolverTask, { kind: "mix" }>, catalog: Catalog): Promise<SolverAnswer> => {
  const common = { catalog, version: task.version, newId: () => `plan_${randomUUID()}` };
  switch (task.kind) {
    case "plan":
      return planFleet({ ...common, request: task.request }, tools);
    case "frontier":
      return costFrontier({ ...common, request: task.request }, tools);
    case "scenarios":
      return compareScenarios({ ...common, request: task.request }, tools);
  }
};
