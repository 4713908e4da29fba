import { randomUUID } from "node:crypto";
import { resourceLimits } from "node:worker_threads";
import {
  type CatalogDocument,
  type Mix,
  type MixRequest,
  type Outcome,
  type Plan,
  type PlanRequest,
  readCatalog,
  type ServiceMix,
} from "@headroom/core";
import { mixMachines } from "../../mix-machines.ts";
import { planFleet } from "../../plan-fleet.ts";
import { defaultBackends } from "../../solve/backends.ts";
import { limitWasmMemory } from "./limit-wasm-memory.ts";
import { outOfMemoryCode } from "./out-of-memory.ts";
import { yieldToRequests } from "./yield-to-requests.ts";

/** What a solver thread is asked. Plain data: it crosses a thread boundary. */
export type SolverTask =
  | { readonly kind: "mix"; readonly request: MixRequest }
  | { readonly kind: "plan"; readonly request: PlanRequest; readonly catalog: CatalogDocument; readonly version: string };

export type SolverAnswer = Outcome<Mix | ServiceMix> | Outcome<Plan>;

yieldToRequests();

/** The same for WebAssembly as for JavaScript. */
const wasMemoryRefused = limitWasmMemory((resourceLimits?.maxOldGenerationSizeMb ?? Number.POSITIVE_INFINITY) * 2 ** 20);

const tools = { backends: defaultBackends, nowMs: () => performance.now() };

/** The entry of a solver thread: one solve at a time, away from every request. */
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
  switch (task.kind) {
    case "mix":
      return mixMachines(task.request, tools);
    case "plan": {
      const catalog = readCatalog(task.catalog);
      if (!catalog.ok) return catalog;
      return planFleet(
        { request: task.request, catalog: catalog.value, version: task.version, newId: () => `plan_${randomUUID()}` },
        tools,
      );
    }
  }
};
