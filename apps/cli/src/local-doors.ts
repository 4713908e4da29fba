import type { Answer } from "@headroom/client";
import {
  checkPlan,
  estimateMeasuredPerformance,
  estimateTraining,
  frontierRequest,
  listOffers,
  type Measurement,
  memoryRequest,
  memoryWithSpeedCosts,
  type Outcome,
  offersRequest,
  parseMixRequest,
  parseRequest,
  performanceRequest,
  planDocument,
  planRequest,
  readCatalog,
  scenariosRequest,
  trainingRequest,
  under,
  verificationOf,
} from "@headroom/core";
import type { SolverThreads } from "@headroom/solver/threads";
import type { Doors } from "./doors.ts";
import { catalogFor } from "./local-catalogs.ts";
import { problemOf } from "./problem-of.ts";

export interface Workshop {
  /** Started when first asked for. */
  readonly threads: () => SolverThreads;
  readonly catalogFile: string | undefined;
  /** Read when first asked for. */
  readonly measurements: () => readonly Measurement[];
}

/** Answers on this machine, with no server. */
export const localDoors = ({ threads, catalogFile, measurements }: Workshop): Doors => ({
  memory: async (input) => answered(then(parseRequest(memoryRequest, input), memoryWithSpeedCosts)),
  performance: async (input) =>
    answered(then(parseRequest(performanceRequest, input), (request) => estimateMeasuredPerformance(request, measurements()))),
  training: async (input) => answered(then(parseRequest(trainingRequest, input), estimateTraining)),
  mix: async (input) => answered(await thenLater(parseMixRequest(input), (request) => threads().mix(request))),
  plan: async (input) =>
    answered(
      await thenLater(parseRequest(planRequest, input), (request) =>
        thenLater(catalogFor(catalogFile, request.market ?? {}), (catalog) => threads().plan(request, catalog)),
      ),
    ),
  frontier: async (input) =>
    answered(
      await thenLater(parseRequest(frontierRequest, input), (request) =>
        thenLater(under("/plan/market", catalogFor(catalogFile, request.plan.market ?? {})), (catalog) =>
          threads().frontier(request, catalog),
        ),
      ),
    ),
  scenarios: async (input) =>
    answered(
      await thenLater(parseRequest(scenariosRequest, input), (request) =>
        thenLater(under("/plan/market", catalogFor(catalogFile, request.plan.market ?? {})), (catalog) =>
          threads().scenarios(request, catalog),
        ),
      ),
    ),
  verify: async (input) => {
    const plan = parseRequest(planDocument, input);
    return plan.ok ? { ok: true, value: verificationOf(checkPlan(plan.value)) } : answered(plan);
  },
  offers: async (input) =>
    answered(
      then(parseRequest(offersRequest, input), (request) =>
        then(then(catalogFor(catalogFile, request), readCatalog), (catalog) => listOffers(request, catalog)),
      ),
    ),
});

const answered = <T>(outcome: Outcome<T>): Answer<T> =>
  outcome.ok ? outcome : { ok: false, kind: "problem", problem: problemOf(outcome.errors) };

const then = <A, B>(outcome: Outcome<A>, next: (value: A) => Outcome<B>): Outcome<B> => (outcome.ok ? next(outcome.value) : outcome);

const thenLater = async <A, B>(outcome: Outcome<A>, next: (value: A) => Promise<Outcome<B>>): Promise<Outcome<B>> =>
  outcome.ok ? next(outcome.value) : outcome;
