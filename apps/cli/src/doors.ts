import {
  checkPlan,
  estimateMemory,
  estimatePerformance,
  estimateTraining,
  listOffers,
  memoryRequest,
  type Outcome,
  offersRequest,
  parseMixRequest,
  parseRequest,
  performanceRequest,
  planDocument,
  planRequest,
  readCatalog,
  trainingRequest,
  verificationOf,
  succeed,
} from "@headroom/core";
import type { SolverThreads } from "@headroom/solver/threads";
import { catalogFor } from "./local-catalogs.ts";

/** What a command needs beside its request. */
export interface Workshop {
  /** Started when first asked for. */
  readonly threads: () => SolverThreads;
  readonly catalogFile: string | undefined;
}

export type Door = (request: unknown, workshop: Workshop) => Promise<Outcome<unknown>>;

/** The contract's commands, answered on this machine. */
export const doors = {
  memory: async (input) => then(parseRequest(memoryRequest, input), estimateMemory),
  performance: async (input) => then(parseRequest(performanceRequest, input), estimatePerformance),
  training: async (input) => then(parseRequest(trainingRequest, input), estimateTraining),
  mix: async (input, { threads }) => thenLater(parseMixRequest(input), (request) => threads().mix(request)),
  plan: async (input, { threads, catalogFile }) =>
    thenLater(parseRequest(planRequest, input), (request) =>
      thenLater(catalogFor(catalogFile, request.market ?? {}), (catalog) => threads().plan(request, catalog)),
    ),
  verify: async (input) => then(parseRequest(planDocument, input), (plan) => succeed(verificationOf(checkPlan(plan)))),
  offers: async (input, { catalogFile }) =>
    then(parseRequest(offersRequest, input), (request) =>
      then(catalogFor(catalogFile, request), (document) => then(readCatalog(document), (catalog) => listOffers(request, catalog))),
    ),
} as const satisfies Record<string, Door>;

export type CommandName = keyof typeof doors;

const then = <A, B>(outcome: Outcome<A>, next: (value: A) => Outcome<B>): Outcome<B> => (outcome.ok ? next(outcome.value) : outcome);

const thenLater = async <A, B>(outcome: Outcome<A>, next: (value: A) => Promise<Outcome<B>>): Promise<Outcome<B>> => (outcome.ok ? next(outcome.value) : outcome);
