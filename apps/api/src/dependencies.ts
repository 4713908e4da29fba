import type { CatalogDocument } from "@headroom/core";
import type { CatalogShelf } from "@headroom/db";
import type { SolverThreads } from "@headroom/solver/threads";
import type { Logger } from "pino";
import type { Registry } from "prom-client";
import type { Lifecycle } from "./lifecycle.ts";
import type { SolveSlots } from "./solve/solve-slots.ts";
import type { Store } from "./store.ts";

/** Everything the app takes from outside. */
export interface Dependencies {
  readonly version: string;
  readonly log: Logger;
  readonly store: Store;
  readonly shelf: CatalogShelf;
  readonly bundledCatalogs: readonly CatalogDocument[];
  readonly solver: Pick<SolverThreads, "plan" | "mix" | "frontier" | "scenarios">;
  readonly slots: SolveSlots;
  readonly metrics: Registry;
  readonly lifecycle: Lifecycle;
  /** A plan that takes longer is answered with a job. */
  readonly answerWithinMs: number;
  /** How often this server says that it still works on a job it continues. */
  readonly renewEveryMs: number;
  readonly leastSecondsBetweenRuns: number;
}
